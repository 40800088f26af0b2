/** What any page of this build costs; built for `npm run bench` only. */
export default function EmptyPage() {
  return <p>Empty</p>
}
