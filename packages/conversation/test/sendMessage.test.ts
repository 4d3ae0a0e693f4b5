import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey, operator, send, startSession, startWorld, staff, visitor, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const rows = async (table: string, sessionId: string) =>
  (await world.test.db.query(`SELECT FROM conversation.${table} WHERE session_id = $1`, [sessionId])).length;

describe('sending a message', () => {
  test('stores the message and a queued turn, names the session after it and finds its language', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const { message, turn } = await send(conversation, session.id, '我的訂單 #W1000001 到哪了？');
    expect(message).toMatchObject({
      author: { kind: 'CUSTOMER', displayName: '顧客' },
      status: 'COMPLETE',
      turnId: turn.id,
    });
    expect(turn).toMatchObject({ status: 'QUEUED', requestId: message.id, replyId: null });
    expect(await conversation.messages.load(operator, [message.id])).toEqual([message]);
    expect(await conversation.turns.load(operator, [turn.id])).toEqual([turn]);
    expect(await conversation.sessions.load(operator, [session.id])).toEqual([
      expect.objectContaining({ title: '我的訂單 #W1000001 到哪了？', language: 'zh-Hant' }),
    ]);
  });

  test('the second message changes neither title nor language', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    await send(conversation, session.id, 'Hello there');
    await send(conversation, session.id, '你好');
    const [after] = await conversation.sessions.load(operator, [session.id]);
    expect(after).toMatchObject({ title: 'Hello there', language: 'en' });
  });

  test('a message without a language of its own leaves it to the next', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    for (const text of ['hi', 'W1000988 mara@example.com', '我要取消']) await send(conversation, session.id, text);
    const [after] = await conversation.sessions.load(operator, [session.id]);
    expect(after).toMatchObject({ title: 'hi', language: 'zh-Hant' });
  });

  test('the same key gives the same message and turn again', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello' };
    const first = await conversation.messages.send(visitor(session.id), input);
    expect(await conversation.messages.send(visitor(session.id), input)).toEqual(first);
    expect(await rows('messages', session.id)).toBe(1);
  });

  test('the same key gives the first answer even after the session was closed', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello' };
    const first = await conversation.messages.send(visitor(session.id), input);
    await conversation.sessions.close(visitor(session.id), session.id);
    const again = await conversation.messages.send(visitor(session.id), input);
    expect(again).toMatchObject({ ok: true, value: { message: { id: first.ok && first.value.message.id } } });
  });

  test('fifty sends at once with one key store one message and answer alike', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello' };
    const sent = await Promise.all(
      Array.from({ length: 50 }, () => conversation.messages.send(visitor(session.id), input)),
    );
    const answers = new Set(sent.map((each) => each.ok && `${each.value.message.id} ${each.value.turn?.id}`));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^msg_\w+ trn_\w+$/);
    expect([
      await rows('messages', session.id),
      await rows('turns', session.id),
      await rows('message_keys', session.id),
    ]).toEqual([1, 1, 1]);
  });

  test('fifty sends at once with keys of their own get positions in the order of their commits', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    await Promise.all(Array.from({ length: 50 }, (_, i) => send(conversation, session.id, `Message ${i}`)));
    expect([await rows('messages', session.id), await rows('turns', session.id)]).toEqual([50, 50]);
  });

  test('the same key in another session is another message', async () => {
    const { conversation } = world;
    const [one, two] = [await startSession(conversation), await startSession(conversation)];
    const idempotencyKey = newKey();
    const sent = await Promise.all(
      [one, two].map(({ id }) =>
        conversation.messages.send(visitor(id), { idempotencyKey, sessionId: id, text: 'Hello' }),
      ),
    );
    expect(new Set(sent.map((each) => each.ok && each.value.message.id)).size).toBe(2);
  });

  test('while a person has the session there is no turn', async () => {
    const {
      conversation,
      test: { db },
    } = world;
    const session = await startSession(conversation);
    await db.query(`UPDATE conversation.sessions SET status = 'WITH_STAFF' WHERE id = $1`, [session.id]);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello?' };
    const sent = await conversation.messages.send(visitor(session.id), input);
    expect(sent).toMatchObject({ ok: true, value: { turn: null, message: { turnId: null } } });
    expect(await conversation.messages.send(visitor(session.id), input)).toEqual(sent);
  });

  test('text that PostgreSQL cannot keep is stored without what it cannot', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const { message } = await send(conversation, session.id, 'a\0b \ud800 c');
    const [stored] = await conversation.messages.load(operator, [message.id]);
    expect(stored!.parts).toMatchObject([{ kind: 'TEXT', text: 'ab \ufffd c' }]);
  });

  test('what is stored is told in the session’s stream, after the turn’s position', async () => {
    const { conversation, events } = world;
    const session = await startSession(conversation);
    const { message, turn } = await send(conversation, session.id, 'Hello');
    const stream = events.subscribe(session.id, turn.streamCursor);
    const told = [(await stream.next()).value, (await stream.next()).value];
    await stream.return?.();
    expect(told).toMatchObject([{ type: 'MessageAdded', data: { messageId: message.id } }, { type: 'SessionUpdated' }]);
  });

  test.each([
    ['empty text', { text: '' }, 'INVALID'],
    ['only spaces', { text: ' \n\t' }, 'INVALID'],
    ['only NUL', { text: '\0' }, 'INVALID'],
    ['8,001 characters', { text: 'x'.repeat(8_001) }, 'MESSAGE_TOO_LARGE'],
    ['no key', { idempotencyKey: '' }, 'INVALID'],
    ['a key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, 'INVALID'],
    ['a key with NUL', { idempotencyKey: 'a\0' }, 'INVALID'],
    ['an unknown session', { sessionId: 'ses_00000000000000000000000000' }, 'NOT_FOUND'],
    ['a malformed session id', { sessionId: "'; DROP TABLE x; --\0" }, 'NOT_FOUND'],
  ])('%s is refused and changes nothing', async (_, wrong, code) => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello', ...wrong };
    const sent = await conversation.messages.send(visitor(session.id), input);
    expect(sent).toMatchObject({ ok: false, errors: [{ code }] });
    expect([await rows('messages', session.id), await rows('message_keys', session.id)]).toEqual([0, 0]);
  });

  test('8,000 characters outside the basic plane are not too many', async () => {
    const session = await startSession(world.conversation);
    await expect(send(world.conversation, session.id, '😀'.repeat(8_000))).resolves.toBeDefined();
  });

  test('the same key with another text is a conflict', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const input = { idempotencyKey: newKey(), sessionId: session.id, text: 'Hello' };
    await conversation.messages.send(visitor(session.id), input);
    const sent = await conversation.messages.send(visitor(session.id), { ...input, text: 'Good bye' });
    expect(sent).toMatchObject({ ok: false, errors: [{ code: 'IDEMPOTENCY_CONFLICT' }] });
    expect(await rows('messages', session.id)).toBe(1);
  });

  test('a closed session takes no message', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    await conversation.sessions.close(visitor(session.id), session.id);
    const sent = await conversation.messages.send(visitor(session.id), {
      idempotencyKey: newKey(),
      sessionId: session.id,
      text: 'Hello',
    });
    expect(sent).toMatchObject({ ok: false, errors: [{ code: 'SESSION_CLOSED' }] });
    expect(await rows('message_keys', session.id)).toBe(0);
  });

  test('staff speak for nobody, but in a session that they opened themselves', async () => {
    const { conversation } = world;
    const [theirs, own] = [await startSession(conversation), await startSession(conversation, staff)];
    const sent = await Promise.all(
      [theirs, own].map(({ id }) =>
        conversation.messages.send(staff, { idempotencyKey: newKey(), sessionId: id, text: 'Hi' }),
      ),
    );
    expect(sent).toMatchObject([{ ok: false, errors: [{ code: 'FORBIDDEN' }] }, { ok: true }]);
  });

  test('a send takes one statement', async () => {
    const {
      conversation,
      test: { db },
    } = world;
    const session = await startSession(conversation);
    const statements: string[] = [];
    const { query } = db;
    db.query = (text, values, name) => (statements.push(name ?? text), query(text, values, name));
    await send(conversation, session.id, 'Hello').finally(() => (db.query = query));
    expect(statements.filter((name) => !name.startsWith('announced'))).toEqual(['conversation-accept']);
  });
});
