import { useQueryClient } from "@tanstack/vue-query";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import { provkor, varningarna } from "@/shared/api/provkor";
import type { Schema } from "@/shared/api/typer";
import { type Deltagande, andrat } from "@/features/deltagande/queries";
import type { Varning } from "@/features/registrering/varning.logic";

/** «Sök»: stores nothing but the log row, and is never kept by the query cache. */
export function sokDeltagare(
    insatsId: string,
    personnummer: string,
): Promise<Schema<"DeltagareSvar">> {
    return kropp(
        api.POST("/deltagare-sokningar", {
            body: { insatsId, personnummer },
        }),
    );
}

/** What is odd in an in-registration that could be made. */
export function provaIn(
    insatsId: string,
    body: Schema<"NyttDeltagande">,
): Promise<Varning[]> {
    const { params, signal } = provkor();
    return varningarna(
        api.POST("/insatser/{insatsId}/deltaganden", {
            params: { ...params, path: { insatsId } },
            body,
            signal,
        }),
    );
}

/** The same of an exit. */
export function provaUt(
    deltagandeId: string,
    body: Schema<"Utregistrering">,
): Promise<Varning[]> {
    const { params, signal } = provkor();
    return varningarna(
        api.POST("/deltaganden/{deltagandeId}/utregistreringar", {
            params: { ...params, path: { deltagandeId } },
            body,
            signal,
        }),
    );
}

interface Registrering {
    skrivIn: (
        insatsId: string,
        body: Schema<"NyttDeltagande">,
        nyckel: string,
    ) => Promise<Deltagande>;
    skrivUt: (
        deltagandeId: string,
        body: Schema<"Utregistrering">,
        nyckel: string,
    ) => Promise<Deltagande>;
    rattaIn: (
        d: Deltagande,
        body: Schema<"RattadInregistrering">,
    ) => Promise<Deltagande>;
    rattaUt: (
        d: Deltagande,
        body: Schema<"RattadUtregistrering">,
    ) => Promise<Deltagande>;
}

/** The registrations of a deltagande; each makes what it changed be read anew. */
export function useRegistrering(): Registrering {
    const fragor = useQueryClient();
    const huvud = (nyckel: string): { "Idempotency-Key": string } => ({
        "Idempotency-Key": nyckel,
    });
    return {
        async skrivIn(insatsId, body, nyckel) {
            const d = await skapat(
                api.POST("/insatser/{insatsId}/deltaganden", {
                    params: { path: { insatsId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async skrivUt(deltagandeId, body, nyckel) {
            const d = await skapat(
                api.POST("/deltaganden/{deltagandeId}/utregistreringar", {
                    params: { path: { deltagandeId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async rattaIn(fore, body) {
            const d = await kropp(
                api.PUT("/deltaganden/{deltagandeId}/inregistrering", {
                    params: {
                        path: { deltagandeId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async rattaUt(fore, body) {
            const d = await kropp(
                api.PUT("/deltaganden/{deltagandeId}/utregistrering", {
                    params: {
                        path: { deltagandeId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
    };
}
