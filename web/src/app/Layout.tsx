/** The frame: rail, page, search and keys. */
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useWords } from "@/i18n";
import { AddressNotice } from "./AddressNotice";
import { useKeys } from "./keys";
import { KeysSheet } from "./KeysSheet";
import styles from "./Layout.module.css";
import { Rail } from "./Rail";
import { SearchBox } from "./SearchBox";

export function Layout() {
  const { t } = useWords();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(path);
  useKeys();
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#page">
        {t("shell.skip")}
      </a>
      <Rail />
      <main id="page" ref={main} tabIndex={-1} className={styles.page}>
        <AddressNotice />
        <Outlet />
      </main>
      <SearchBox />
      <KeysSheet />
    </div>
  );
}
