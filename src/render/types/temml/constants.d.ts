/** Sizes of letters: of a formula that stands alone, and of one in a line. */
export declare const StyleLevel: { readonly DISPLAY: number; readonly TEXT: number }
