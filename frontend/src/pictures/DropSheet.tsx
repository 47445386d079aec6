/** What the page shows while files are dragged over it. */
export function DropSheet() {
  return (
    <div className="drop-sheet" aria-hidden="true">
      <p>Drop pictures to have them read</p>
    </div>
  );
}
