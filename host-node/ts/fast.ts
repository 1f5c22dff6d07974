/** Fast paths of Node's Buffer that its types do not list. */
export type FastBuffer = Buffer & {
  latin1Slice(start?: number, end?: number): string;
  utf8Slice(start?: number, end?: number): string;
  utf8Write(text: string, offset?: number, length?: number): number;
  latin1Write(text: string, offset?: number, length?: number): number;
};
