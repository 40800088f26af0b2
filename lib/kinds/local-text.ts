/** A text in both of the platform's languages, as specs carry it. Either may be missing. */
export interface LocalText {
  en?: string
  zh?: string
}
