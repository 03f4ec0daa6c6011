/** Where a long-running part says what it does; pino fits. Never handed a secret or the content of a file. */
export interface Log {
  readonly debug: (details: object, message: string) => void;
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
}
