/** Where a file is dropped, or chosen by a click or a key. */
import { useRef, useState, type DragEvent, type ReactNode } from "react";

interface Props {
  className?: string;
  /** What the hidden chooser is called, and which files it offers. */
  label: string;
  accept: string;
  onFile: (file: File) => void;
  children: ReactNode;
}

export function DropTarget({ className, label, accept, onFile, children }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) onFile(file);
    // The same file can be chosen again, once it was mended.
    if (picker.current) picker.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <button
        type="button"
        className={className}
        data-over={over}
        onClick={() => picker.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {children}
      </button>
      <input ref={picker} type="file" className="unseen" tabIndex={-1} accept={accept} aria-label={label} onChange={(event) => take(event.target.files?.[0])} />
    </>
  );
}
