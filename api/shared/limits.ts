/** Bounds of the HTTP side that no administrator needs to set; tests make them small. */
export interface ApiLimits {
  /** Of a JSON body. */
  readonly bodyBytes: number;
  /** For a whole JSON body to arrive. */
  readonly bodySeconds: number;
  /** Of the list of files of an upload. */
  readonly fileListBytes: number;
  /** An upload that delivers less than so many bytes a second, over so many seconds of waiting for it, is cut off. */
  readonly uploadBytesPerSecond: number;
  readonly uploadWindowSeconds: number;
  /** Parts of one archive. */
  readonly uploadParts: number;
  /** An upload that nothing was added to for so long is thrown away. */
  readonly uploadIdleHours: number;
  /** For the head of a request to arrive. */
  readonly headSeconds: number;
  /** A connection on which nothing moves. */
  readonly idleSeconds: number;
  /** The longest request of all, a large upload. */
  readonly requestSeconds: number;
  /** An open connection between two requests. */
  readonly keepAliveSeconds: number;
  /** Keys refused from one address in a minute before further ones are not looked up. */
  readonly refusedKeysPerMinute: number;
  /** Event streams at once. */
  readonly streamsPerKey: number;
  readonly streams: number;
  readonly heartbeatSeconds: number;
  /** Of a what-if ranking, and how many of them may wait. */
  readonly whatIfSeconds: number;
  readonly whatIfWaiting: number;
  /** Mean delay of the event loop beyond which requests are put off. */
  readonly eventLoopDelayMilliseconds: number;
  /** For requests under way when the server stops. */
  readonly stopSeconds: number;
}

const MEBIBYTE = 1024 * 1024;

export const API_LIMITS: ApiLimits = {
  bodyBytes: MEBIBYTE,
  bodySeconds: 30,
  fileListBytes: 64 * MEBIBYTE,
  uploadBytesPerSecond: 1024,
  uploadWindowSeconds: 30,
  uploadParts: 1000,
  uploadIdleHours: 24,
  headSeconds: 15,
  idleSeconds: 120,
  requestSeconds: 6 * 3600,
  keepAliveSeconds: 72,
  refusedKeysPerMinute: 30,
  streamsPerKey: 20,
  streams: 1000,
  heartbeatSeconds: 15,
  whatIfSeconds: 30,
  whatIfWaiting: 16,
  eventLoopDelayMilliseconds: 1000,
  stopSeconds: 20,
};
