/** Files of the pretend platform: what simulated people send, and what the account uploads. */
import type { Clock, Instant } from "../core/clock";
import { DAY_MS } from "../core/clock";
import type { Ids } from "../core/ids";
import { typeOf } from "../zalo/media-types";
import { UPLOAD_LIMITS, type UploadKind } from "./wire-schemas";

export interface KeptFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
  readonly at: Instant;
}

const UPLOAD_LIFE_MS = 7 * DAY_MS;

const PARAM_INVALID = -201;
const ATTACHMENT_EXPIRED = -100;

export class PretendFiles {
  private readonly files = new Map<string, KeptFile>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Keeps a file and gives its id. */
  keep(file: Omit<KeptFile, "at">): string {
    const id = this.ids.next(this.clock.now()).toLowerCase();
    this.files.set(id, { ...file, at: this.clock.now() });
    return id;
  }

  get(id: string): KeptFile | null {
    return this.files.get(id) ?? null;
  }

  /** Takes an upload as its call would: the id, or the code of the refusal. */
  upload(kind: UploadKind, { name, bytes }: { name: string; bytes: Buffer }): string | number {
    const limit = UPLOAD_LIMITS[kind];
    const mime = typeOf(bytes);
    if (mime === null || !limit.mimes.some((known) => known === mime)) return PARAM_INVALID;
    return bytes.length > limit.maxBytes ? PARAM_INVALID : this.keep({ name, mime, bytes });
  }

  /** 0 while an uploaded file can be sent, else the code. */
  checkUpload(id: string): number {
    const file = this.files.get(id);
    return file === undefined || this.clock.now() - file.at > UPLOAD_LIFE_MS ? ATTACHMENT_EXPIRED : 0;
  }
}
