/** A tag, with a dot in its colour: the words keep theirs, to be read on any ground. */
import { Tag } from "antd";
import type { ReactNode } from "react";
import type { TagInfo } from "@/api/types";
import styles from "./TagChip.module.css";

interface Props {
  colour: TagInfo["colour"];
  children: ReactNode;
  title?: string;
  /** Takes it off; `removeLabel` says of what. */
  onRemove?: () => void;
  removeLabel?: string;
}

export function TagChip({ colour, children, title, onRemove, removeLabel }: Props) {
  return (
    <Tag
      className={styles.chip}
      title={title}
      closable={onRemove ? { "aria-label": removeLabel } : false}
      onClose={(event) => {
        event.preventDefault();
        onRemove?.();
      }}
    >
      <span className={styles.dot} data-colour={colour} aria-hidden />
      {children}
    </Tag>
  );
}
