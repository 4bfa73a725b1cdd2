/** The frame: rail, page, search and keys. */
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Fragment, useEffect, useRef } from "react";
import { useWords } from "@/i18n";
import { useStore } from "@/ui/store";
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
  // A page of another store is another page: nothing of the one before stays.
  const { store } = useStore();
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
        <Fragment key={store}>
          <Outlet />
        </Fragment>
      </main>
      <SearchBox />
      <KeysSheet />
    </div>
  );
}
