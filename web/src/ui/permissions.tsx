/** What whoever is at the console may do: known to every button, so that none is offered that the server refuses. */
import { ConfigProvider } from "antd";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Permission, SessionState } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "./Explanations";
import styles from "./permissions.module.css";

interface Permitted {
  may: ReadonlySet<Permission>;
  session: SessionState | null;
}

const PermittedContext = createContext<Permitted>({ may: new Set(), session: null });

export function PermissionsProvider({ session, children }: { session: SessionState; children: ReactNode }) {
  const permitted = useMemo(() => ({ may: new Set(session.permissions), session }), [session]);
  return <PermittedContext value={permitted}>{children}</PermittedContext>;
}

/** Whether the permission is there. */
export function usePermission(permission: Permission): boolean {
  return useContext(PermittedContext).may.has(permission);
}

/** Who is signed in where; null before that is known. */
export function useSession(): SessionState | null {
  return useContext(PermittedContext).session;
}

interface CanProps {
  permission: Permission;
  children: ReactNode;
  /** What one who may not sees of it: nothing, or the same, disabled, with a hover that says what is lacking. */
  otherwise?: "nothing" | "disabled";
}

/** What only those see, or can use, who have a permission. */
export function Can({ permission, children, otherwise = "nothing" }: CanProps) {
  const { t } = useWords();
  if (usePermission(permission)) return children;
  if (otherwise === "nothing") return null;
  const lacking = [t("people.lacking"), t(`people.permission.${permission}`)];
  return (
    <span className={styles.lacking} role="group" tabIndex={0} aria-label={lacking.join(": ")} {...explain(...lacking)}>
      {/* Whatever the children say of themselves, none of them can be used. */}
      <span inert>
        <ConfigProvider componentDisabled>{children}</ConfigProvider>
      </span>
    </span>
  );
}
