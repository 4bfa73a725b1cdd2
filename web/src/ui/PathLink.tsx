/** A link to a path that the API gave: /layerings/rfm?layer=…; the dates of the address come along. */
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { parseSearch } from "./address";

interface Props {
  path: string;
  className?: string;
  children: ReactNode;
  label?: string;
}

function parts(path: string) {
  const [to = "/", query = ""] = path.split("?");
  return { to, search: parseSearch(query) };
}

export function PathLink({ path, className, children, label }: Props) {
  const { to, search } = parts(path);
  return (
    <Link to={to} search={search as never} className={className} aria-label={label}>
      {children}
    </Link>
  );
}

export function useGo(): (path: string) => void {
  const navigate = useNavigate();
  return (path) => {
    const { to, search } = parts(path);
    void navigate({ to, search: search as never });
  };
}
