/** A body that is sent as it is, not as JSON of a value: the text of a stream, a file. */
import { z } from 'zod';

/** For `content` of a response; the handler may send a stream, a buffer or text. */
export function sentAsItIs(mediaType: string, description: string) {
  const schema = z.unknown().meta({ type: 'string' });
  return { description, content: { [mediaType]: { schema } } };
}
