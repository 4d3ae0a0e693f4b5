/** @jsxImportSource react */

/** Something to tell that is no answer of the graph. */
export type Notice =
  | { kind: 'done'; text: string }
  | { kind: 'problem'; text: string }
  /** A session was started that answers only to this token. */
  | { kind: 'token'; token: string };

export interface NoticeBarProps {
  notice: Notice | null;
  onToken(token: string): void;
  onClose(): void;
}

/** Says it until it is closed. */
export function NoticeBar({ notice, onToken, onClose }: NoticeBarProps) {
  return (
    <div className="notice" role="status" data-kind={notice?.kind}>
      {notice && (
        <>
          <p>{notice.kind === 'token' ? 'The new session answers only to its token.' : notice.text}</p>
          {notice.kind === 'token' && (
            <button type="button" onClick={() => onToken(notice.token)}>
              Use its token
            </button>
          )}
          <button type="button" onClick={onClose}>
            Close
          </button>
        </>
      )}
    </div>
  );
}
