import { shallowRef } from "vue";
import type { Schema } from "@/shared/api/typer";
import { narSessionenSlutar } from "@/shared/session/session";

/** The person that was searched last, so that Back finds it again. */
interface Sokning {
    insatsId: string;
    /** Twelve digits. */
    personnummer: string;
    /** With the samtycke that was registered for this person a moment ago. */
    svar: Schema<"DeltagareSvar">;
}

/** In memory alone: a reload, a log-out and an expired log-in forget it. */
export const sokningen = shallowRef<Sokning>();

export function glomSokning(): void {
    sokningen.value = undefined;
}

narSessionenSlutar(glomSokning);
