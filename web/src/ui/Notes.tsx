/** What the numbers rest on. */
import { InfoCircleOutlined } from "@ant-design/icons";
import type { NoteInfo } from "@/api/types";
import styles from "./Notes.module.css";
import { useFormat } from "./useFormat";

export function Notes({ notes }: { notes: NoteInfo[] }) {
  const { say } = useFormat();
  if (!notes.length) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note.code + say(note.text)}>
          <InfoCircleOutlined aria-hidden /> {say(note.text)}
        </li>
      ))}
    </ul>
  );
}
