import { z } from 'zod';
import { halfCharacter } from '../halfCharacter.js';
import { estimateTokens } from '../tokens.js';

/** A content block of a request, as far as we read it. */
const block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  tool_use_id: z.string().optional(),
  content: z.unknown().optional(),
  is_error: z.boolean().optional(),
});
export type RequestBlock = z.infer<typeof block>;

const message = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string().min(1), z.array(block).min(1)]),
});
export type RequestMessage = z.infer<typeof message>;

const request = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().positive(),
  stream: z.boolean().default(false),
  system: z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))]).default([]),
  messages: z.array(message).min(1),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  output_config: z.looseObject({ format: z.looseObject({ type: z.literal('json_schema') }).optional() }).optional(),
});
/** A request to `POST /v1/messages`, as far as we read it. */
export type MessagesRequest = z.infer<typeof request>;

/** What a reply consists of. The JSON of a tool's input may be cut off, as a real model's can be. */
export type ReplyBlock =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; name: string; json: string }
  | { type: 'thinking'; thinking: string };

/** A reply before it is put into the protocol's form. */
export interface Reply {
  blocks: readonly ReplyBlock[];
  /** One of the API's, or any other text to play an unknown one. */
  stopReason: string;
}

/** An error of the API. */
export interface ApiError {
  status: number;
  type: string;
  message: string;
}

/** Errors that a client's mistake or the server's state leads to, with the status that the API gives them. */
export const apiErrors = {
  invalid: (message: string): ApiError => ({ status: 400, type: 'invalid_request_error', message }),
  unauthenticated: (): ApiError => ({ status: 401, type: 'authentication_error', message: 'invalid x-api-key' }),
  unpaid: (): ApiError => ({ status: 402, type: 'billing_error', message: 'Payment required' }),
  forbidden: (): ApiError => ({ status: 403, type: 'permission_error', message: 'Forbidden' }),
  notFound: (): ApiError => ({ status: 404, type: 'not_found_error', message: 'Not found' }),
  rateLimited: (): ApiError => ({ status: 429, type: 'rate_limit_error', message: 'Too many requests' }),
  internal: (): ApiError => ({ status: 500, type: 'api_error', message: 'Internal server error' }),
  overloaded: (): ApiError => ({ status: 529, type: 'overloaded_error', message: 'Overloaded' }),
};

/** Reads a request's body; what the API would refuse is refused. */
export function readRequest(body: string): MessagesRequest | ApiError {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return apiErrors.invalid('The request body is not valid JSON.');
  }
  if (body.search(halfCharacter) >= 0)
    return apiErrors.invalid('The request body is not valid JSON: no low surrogate in string');
  const parsed = request.safeParse(json);
  if (!parsed.success) return apiErrors.invalid(z.prettifyError(parsed.error));
  const problem = problemOf(parsed.data.messages);
  return problem ? apiErrors.invalid(problem) : parsed.data;
}

function problemOf(messages: readonly RequestMessage[]): string | null {
  if (messages[0]!.role !== 'user') return 'messages: first message must use the "user" role';
  let open: string[] = [];
  for (const [index, { content }] of messages.entries()) {
    const blocks = blocksOf(content);
    if (blocks.some(({ type, text }) => type === 'text' && !text?.trim())) {
      return `messages.${index}: text content blocks must be non-empty`;
    }
    const answered = blocks.flatMap(({ type, tool_use_id: id }) => (type === 'tool_result' && id ? [id] : []));
    if (answered.some((id) => !open.includes(id))) return `messages.${index}: unexpected tool_use_id in tool_result`;
    if (open.some((id) => !answered.includes(id))) return `messages.${index}: tool_use without tool_result`;
    open = blocks.flatMap(({ type, id }) => (type === 'tool_use' && id ? [id] : []));
  }
  return null;
}

/** A message's content as blocks. */
export function blocksOf(content: RequestMessage['content']): RequestBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

let made = 0;
const nextId = (prefix: string) => `${prefix}_${(made += 1).toString(36).padStart(8, '0')}`;

/** The whole reply, as a request without `stream` gets it. */
export function wholeMessage(request: MessagesRequest, reply: Reply): object {
  return {
    ...messageHead(request),
    content: reply.blocks.map(wholeBlock),
    stop_reason: reply.stopReason,
    usage: usageOf(request, reply),
  };
}

/** An event of the stream. */
export interface StreamEvent {
  type: string;
  [field: string]: unknown;
}

/** The reply as the events of a stream: text in words, a tool's input in pieces. */
export function* streamEvents(request: MessagesRequest, reply: Reply): Generator<StreamEvent> {
  yield { type: 'message_start', message: messageHead(request) };
  for (const [index, block] of reply.blocks.entries()) {
    yield { type: 'content_block_start', index, content_block: emptyBlock(block) };
    for (const delta of deltasOf(block)) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  yield {
    type: 'message_delta',
    delta: { stop_reason: reply.stopReason, stop_sequence: null },
    usage: { output_tokens: usageOf(request, reply).output_tokens },
  };
  yield { type: 'message_stop' };
}

/** An event, or an API error in the middle of a stream, on the wire. */
export function sse(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** The body of an error's answer. */
export function errorBody({ type, message }: ApiError): StreamEvent {
  return { type: 'error', error: { type, message } };
}

function messageHead(request: MessagesRequest): object {
  return {
    id: nextId('msg_offline'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usageOf(request, { blocks: [], stopReason: '' }), output_tokens: 1 },
  };
}

/** Proves to the API that the thoughts which it is sent back are its own. */
const signature = 'c2NyaXB0ZWQ=';

function wholeBlock(block: ReplyBlock): object {
  switch (block.type) {
    case 'text':
      return { ...emptyBlock(block), text: block.text };
    case 'tool_use':
      return { ...emptyBlock(block), input: JSON.parse(block.json) };
    case 'thinking':
      return { ...emptyBlock(block), thinking: block.thinking, signature };
  }
}

function emptyBlock(block: ReplyBlock): object {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '', citations: null };
    case 'tool_use':
      return { type: 'tool_use', id: nextId('toolu_offline'), name: block.name, input: {} };
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
  }
}

function deltasOf(block: ReplyBlock): object[] {
  switch (block.type) {
    case 'text':
      return words(block.text).map((text) => ({ type: 'text_delta', text }));
    case 'tool_use':
      return pieces(block.json).map((json) => ({ type: 'input_json_delta', partial_json: json }));
    case 'thinking':
      return [
        ...words(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature },
      ];
  }
}

function writtenIn(block: ReplyBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'tool_use':
      return block.name + block.json;
    case 'thinking':
      return block.thinking;
  }
}

function usageOf(request: MessagesRequest, reply: Reply) {
  const { system, messages, tools } = request;
  return {
    input_tokens: estimateTokens(JSON.stringify([system, messages, tools])),
    output_tokens: estimateTokens(reply.blocks.map(writtenIn).join('')),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  };
}

/** Words with the white space after them; Chinese in twos. Joined they are the text again. */
function words(text: string): string[] {
  return text.match(/\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [];
}

function pieces(text: string): string[] {
  return text.match(/.{1,24}/gsu) ?? [];
}
