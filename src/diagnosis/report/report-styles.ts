/** What a terminal may do to a text. The marks carry the meaning; without colour nothing is lost. */
export interface ReportStyles {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}
