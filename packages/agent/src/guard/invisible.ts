/** Characters that are not seen: spaces without width, and what turns the direction of a text around. */
const invisible = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** Text without invisible characters, behind which a number or a link could hide. The joiners of emoji stay. */
export const withoutInvisible = (text: string): string => text.replace(invisible, '');
