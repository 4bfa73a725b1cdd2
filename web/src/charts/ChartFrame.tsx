/** Around every chart: see it as a table, copy it, save it as PNG or CSV. */
import { BarChartOutlined, DownloadOutlined, TableOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./ChartFrame.module.css";
import { copyTable, download, saveCsv, type ChartTable } from "./save";

interface Props {
  title?: ReactNode;
  note?: ReactNode;
  tools?: ReactNode;
  name: string;
  table: ChartTable;
  picture?: () => Promise<Blob> | string | null;
  level?: 2 | 3;
  children: ReactNode;
}

export function ChartFrame({ title, note, tools, name, table, picture, level = 2, children }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [asTable, setAsTable] = useState(false);
  const Heading = level === 2 ? "h2" : "h3";
  const savePicture = async () => {
    const drawn = await picture?.();
    if (drawn) download(drawn, `${name}.png`);
  };
  const copy = () => void copyTable(table).then(() => message.success(t("charts.copied")));
  const items = [
    ...(picture && !asTable ? [{ key: "png", label: t("charts.png"), onClick: () => void savePicture() }] : []),
    { key: "csv", label: t("charts.csv"), onClick: () => saveCsv(table, name) },
    { key: "copy", label: t("charts.copy"), onClick: copy },
  ];
  return (
    <figure className={styles.frame} aria-label={typeof title === "string" ? title : name}>
      <div className={styles.head}>
        {title && <Heading className={styles.title}>{title}</Heading>}
        {note && <span className={styles.note}>{note}</span>}
        <div className={styles.tools}>
          {tools}
          <Button
            type="text"
            size="small"
            icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
            aria-label={t(asTable ? "charts.asChart" : "charts.asTable")}
            aria-pressed={asTable}
            title={t(asTable ? "charts.asChart" : "charts.asTable")}
            onClick={() => setAsTable(!asTable)}
          />
          <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
            <Button type="text" size="small" icon={<DownloadOutlined />} aria-label={t("charts.save")} title={t("charts.save")} />
          </Dropdown>
        </div>
      </div>
      {asTable ? <DataTable table={table} label={name} /> : children}
    </figure>
  );
}

export function DataTable({ table, label }: { table: ChartTable; label: string }) {
  const { number } = useFormat();
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={column} scope="col" className={typeof table.rows[0]?.[at] === "number" ? "right" : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={`${line}${row[0]}`}>
              {row.map((value, at) => (
                <td key={table.columns[at]} className={typeof value === "number" ? "right" : undefined}>
                  {typeof value === "number" ? number(value) : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
