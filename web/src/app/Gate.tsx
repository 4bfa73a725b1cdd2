/** Before any page: whether one has to sign in here, and as whom one is; the address stays what it was. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { onRefused } from "@/api/client";
import { onElsewhere, sessionQuery } from "@/api/session";
import { useWords } from "@/i18n";
import { PermissionsProvider } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { ChangePasswordPage } from "./door/ChangePasswordPage";
import { Door } from "./door/Door";
import { SignInPage } from "./door/SignInPage";

export function Gate({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  useEffect(() => {
    const ask = () => void cache.refetchQueries({ queryKey: sessionQuery.queryKey }, { cancelRefetch: false });
    const deaf = [onRefused(ask), onElsewhere(ask)];
    return () => deaf.forEach((stop) => stop());
  }, [cache]);
  if (!session && !error) return <Waiting lines={6} />;
  if (!session)
    return (
      <Door title={t("shell.product")}>
        <Wrong error={error} onRetry={() => void refetch()} />
      </Door>
    );
  if (session.needed && !session.person) return <SignInPage session={session} />;
  if (session.person && session.must_change) return <ChangePasswordPage person={session.person} />;
  return (
    <PermissionsProvider key={session.person?.id ?? "anybody"} session={session}>
      {children}
    </PermissionsProvider>
  );
}
