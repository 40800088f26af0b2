/** A page of a filtered and sorted list; `page` starts at 1. */
export interface Page<T> {
  items: T[]
  page: number
  pageSize: number
  /** Rows that match. */
  total: number
  /** Rows there are without any filter. */
  totalUnfiltered: number
}
