/** The pages to offer: first, last and the neighbours of `page` (from 1); null stands for a gap. */
export function pageNumbers(page: number, pageCount: number): (number | null)[] {
  const shown = new Set([1, pageCount, page - 1, page, page + 1])
  const numbers = [...shown].filter((one) => one >= 1 && one <= pageCount).sort((a, b) => a - b)
  return numbers.flatMap((one, index) => {
    const before = numbers[index - 1] ?? 0
    if (one - before === 2) return [one - 1, one]
    return one - before > 2 ? [null, one] : [one]
  })
}
