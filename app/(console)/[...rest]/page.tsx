import { notFound } from 'next/navigation'

/** Any other address: the not-found page within the frame. */
export default function UnknownPage(): never {
  notFound()
}
