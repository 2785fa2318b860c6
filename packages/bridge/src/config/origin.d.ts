/** Whether a text is an origin to the letter, as browsers write it in `Origin`: only such a one can ever match. */
export declare function isOrigin(text: string): boolean;
