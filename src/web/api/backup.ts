import type { ApiPorts } from "../ports";
import { nothing, streamEndpoint, type Endpoint } from "./endpoint";

export const backupEndpoints = (ports: Pick<ApiPorts, "makeBackup">): Endpoint[] => [
  streamEndpoint({
    method: "post",
    path: "/backup",
    summary: "Everything the program keeps, as it stands now; `npm run restore` puts it back",
    input: nothing,
    media: "application/gzip",
    refusals: [409],
    handle: () => ports.makeBackup(),
  }),
];
