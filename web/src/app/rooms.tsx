/** The rooms of the console that exist, in the order of the rail. */
import { ApartmentOutlined, DatabaseOutlined, HomeOutlined, SettingOutlined, TagsOutlined, TeamOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

export interface Room {
  key: "overview" | "customers" | "layerings" | "audiences" | "data" | "settings";
  path: "/" | "/customers" | "/layerings" | "/audiences" | "/data" | "/settings";
  letter: string;
  icon: ReactNode;
}

export const ROOMS: Room[] = [
  { key: "overview", path: "/", letter: "o", icon: <HomeOutlined aria-hidden /> },
  { key: "customers", path: "/customers", letter: "c", icon: <TeamOutlined aria-hidden /> },
  { key: "layerings", path: "/layerings", letter: "l", icon: <ApartmentOutlined aria-hidden /> },
  { key: "audiences", path: "/audiences", letter: "a", icon: <TagsOutlined aria-hidden /> },
  { key: "data", path: "/data", letter: "d", icon: <DatabaseOutlined aria-hidden /> },
  { key: "settings", path: "/settings", letter: "s", icon: <SettingOutlined aria-hidden /> },
];
