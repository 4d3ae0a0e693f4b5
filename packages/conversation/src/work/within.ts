/** Said instead of what took too long. */
export const late = Symbol('late');

/** What a promise gives, or {@link late} if it takes longer than `ms`. */
export async function inTime<T>(ms: number, promise: Promise<T>): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<typeof late>((resolve) => (timer = setTimeout(resolve, ms, late)));
  try {
    return await Promise.race([promise, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a promise gives, or `otherwise` if it fails or takes longer than `ms`. */
export async function within<T>(ms: number, promise: Promise<T>, otherwise: T): Promise<T> {
  const value = await inTime(
    ms,
    promise.catch(() => otherwise),
  );
  return value === late ? otherwise : value;
}
