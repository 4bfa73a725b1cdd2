/** All words of this language, a file per room. */
import charts from "./charts.json";
import customers from "./customers.json";
import data from "./data.json";
import layerings from "./layerings.json";
import overview from "./overview.json";
import settings from "./settings.json";
import shell from "./shell.json";

export default { charts, customers, data, layerings, overview, settings, shell };
