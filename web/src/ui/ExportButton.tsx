/** All rows of a list as a file. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ExportFormat, Permission } from "@/api/types";
import { useWords } from "@/i18n";
import { Can } from "./permissions";

const FORMATS = ["csv", "xlsx", "parquet"] satisfies ExportFormat[];

interface Props {
  /** What one has to be permitted to take it. */
  permission: Permission;
  total: number;
  /** Where the file is, for what an address can say. */
  address?: (format: ExportFormat) => string;
  /** Fetches and saves it, for what has to be sent. */
  onTake?: (format: ExportFormat) => void;
  busy?: boolean;
}

export function ExportButton({ permission, address, onTake, total, busy }: Props) {
  const { t } = useWords();
  const items = FORMATS.map((format) => ({
    key: format,
    onClick: onTake && (() => onTake(format)),
    label: address ? (
      <a href={address(format)} download>
        {t(`customers.export.${format}`)}
      </a>
    ) : (
      t(`customers.export.${format}`)
    ),
  }));
  return (
    <Can permission={permission}>
      <Dropdown menu={{ items }} trigger={["click"]} disabled={total === 0} placement="bottomRight">
        <Button icon={<DownloadOutlined />} loading={busy}>{t("customers.export.title")}</Button>
      </Dropdown>
    </Can>
  );
}
