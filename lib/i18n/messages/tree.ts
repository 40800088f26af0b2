/**
 * A message: a text, or a function of what it speaks about. English defines the shape of every area;
 * the Chinese file carries the type of its English twin, so that a missing text does not compile.
 */
export type MessageTree = { [key: string]: string | ((parameters: never) => string) | MessageTree }
