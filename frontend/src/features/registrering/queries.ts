import { useQueryClient } from "@tanstack/vue-query";
import { lasFragornaIgen } from "@/features/fraga/queries";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import { ProblemFel, medFalten } from "@/shared/api/problem";
import { provkor, varningarna } from "@/shared/api/provkor";
import type { Regel } from "@/shared/api/regler.gen";
import type { Schema } from "@/shared/api/typer";
import { type Deltagande, andrat } from "@/features/deltagande/queries";
import type { Varning } from "@/features/registrering/varning.logic";
import { vidFragorna } from "./fragesvar.logic";

const inaktuella: readonly (string | undefined)[] = [
    "fraga-andrad",
    "fraga-stalls-inte",
    "okand-kod",
] satisfies Regel[];

/** What is wrong with an answer is said at its question. The questions are read anew when one is not what it was. */
async function vidSvaren<R>(
    { svar }: Pick<Schema<"Inregistrering">, "svar">,
    sant: Promise<R>,
): Promise<R> {
    try {
        return await sant;
    } catch (e) {
        const inaktuellt = (f: { pekare: string; regel: string }): boolean =>
            f.pekare.startsWith("/svar") && inaktuella.includes(f.regel);
        if (e instanceof ProblemFel && e.problem.fel.some(inaktuellt)) {
            await lasFragornaIgen();
        }
        throw medFalten(e, (fel) => vidFragorna(fel, svar));
    }
}

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
    return vidSvaren(
        body,
        varningarna(
            api.POST("/insatser/{insatsId}/deltaganden", {
                params: { ...params, path: { insatsId } },
                body,
                signal,
            }),
        ),
    );
}

/** The same of an exit. */
export function provaUt(
    deltagandeId: string,
    body: Schema<"Utregistrering">,
): Promise<Varning[]> {
    const { params, signal } = provkor();
    return vidSvaren(
        body,
        varningarna(
            api.POST("/deltaganden/{deltagandeId}/utregistreringar", {
                params: { ...params, path: { deltagandeId } },
                body,
                signal,
            }),
        ),
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
            const d = await vidSvaren(
                body,
                skapat(
                    api.POST("/insatser/{insatsId}/deltaganden", {
                        params: { path: { insatsId }, header: huvud(nyckel) },
                        body,
                    }),
                ),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async skrivUt(deltagandeId, body, nyckel) {
            const d = await vidSvaren(
                body,
                skapat(
                    api.POST("/deltaganden/{deltagandeId}/utregistreringar", {
                        params: {
                            path: { deltagandeId },
                            header: huvud(nyckel),
                        },
                        body,
                    }),
                ),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async rattaIn(fore, body) {
            const d = await vidSvaren(
                body,
                kropp(
                    api.PUT("/deltaganden/{deltagandeId}/inregistrering", {
                        params: {
                            path: { deltagandeId: fore.id },
                            header: { "If-Match": etag(fore.version) },
                        },
                        body,
                    }),
                ),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
        async rattaUt(fore, body) {
            const d = await vidSvaren(
                body,
                kropp(
                    api.PUT("/deltaganden/{deltagandeId}/utregistrering", {
                        params: {
                            path: { deltagandeId: fore.id },
                            header: { "If-Match": etag(fore.version) },
                        },
                        body,
                    }),
                ),
            );
            await andrat(fragor, d.insatsId, d.id, d.samtyckeId);
            return d;
        },
    };
}
