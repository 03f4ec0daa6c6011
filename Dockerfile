# syntax=docker/dockerfile:1
# Adatom as a service: API or worker, by the command that is given. Builds from package-lock.json alone.
#
#   docker build -t adatom .
#
# Runs as the user node (uid 1000), with a read-only root file system: only ADATOM_DATA and /tmp are written.

FROM node:24-slim AS build
WORKDIR /build
# The lock file alone first: packages are installed again only when it changes.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY model model
COPY parsers parsers
COPY assembly assembly
COPY descriptors descriptors
COPY ranking ranking
COPY pipeline pipeline
COPY intake intake
COPY reading reading
COPY exports exports
COPY store store
COPY workers workers
COPY api api
COPY cli cli
# The embedded database is not used here: PostgreSQL and Redis are containers of their own.
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production \
    ADATOM_DATA=/var/lib/adatom \
    ADATOM_HOST=0.0.0.0
WORKDIR /opt/adatom
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE ./
COPY profiles profiles
COPY reference reference
COPY claims claims
# A named volume takes over the owner of the folder that it is mounted on.
RUN install --directory --owner=node --group=node --mode=0750 /var/lib/adatom \
    && ln --symbolic /opt/adatom/dist/cli/adatom.js /usr/local/bin/adatom
USER node
VOLUME /var/lib/adatom
EXPOSE 8420
STOPSIGNAL SIGTERM
# Of the API; a worker states its own in docker-compose.yml. The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ADATOM_PORT || 8420) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/adatom/dist/cli/adatom.js"]
CMD ["serve", "--no-workers"]
