import { type UseQueryReturnType, useQuery } from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { fragor as klienten } from "@/shared/api/fragor";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";
import type { Fraga } from "./fraga.logic";

const nycklar = {
    alla: ["fragor"] as const,
    av: (organisationId: string) => ["fragor", organisationId] as const,
};

/** All of an organisation's questions in their order, and the version of them together. */
interface Fragelista {
    fragor: Fraga[];
    etag: string;
}

/** ska: whether they are asked for at all. */
export function useFragor(
    organisationId: MaybeRefOrGetter<string>,
    ska: MaybeRefOrGetter<boolean> = true,
): UseQueryReturnType<Fragelista, Error> {
    return useQuery({
        enabled: () => toValue(ska),
        queryKey: () => nycklar.av(toValue(organisationId)),
        async queryFn({ signal }) {
            let version = "";
            const fragor = await allaSidor(
                async (query) => {
                    const svar = await api.GET(
                        "/samverkansorganisationer/{organisationId}/fragor",
                        {
                            params: {
                                path: {
                                    organisationId: toValue(organisationId),
                                },
                                query,
                            },
                            signal,
                        },
                    );
                    version ||= svar.response.headers.get("ETag") ?? "";
                    return kropp(Promise.resolve(svar));
                },
                (f) => f.id,
            );
            return { fragor, etag: version };
        },
    });
}

/** One of them is no longer as it was read: whoever shows them reads them anew. */
export function lasFragornaIgen(): Promise<void> {
    return klienten.invalidateQueries({ queryKey: nycklar.alla });
}

interface Fragorna {
    skapa: (
        organisationId: string,
        body: Schema<"NyFraga">,
        nyckel: string,
    ) => Promise<Fraga>;
    andra: (f: Fraga, body: Schema<"NyFraga">) => Promise<Fraga>;
    ordna: (
        organisationId: string,
        fragor: string[],
        version: string,
    ) => Promise<void>;
    /** Whatever somebody has changed. */
    hamtaIgen: () => Promise<void>;
}

/** Questions are made, changed and moved; the list is read anew. */
export function useFragorna(): Fragorna {
    const hamtaIgen = lasFragornaIgen;
    return {
        hamtaIgen,
        async skapa(organisationId, body, nyckel) {
            const ny = await skapat(
                api.POST("/samverkansorganisationer/{organisationId}/fragor", {
                    params: {
                        path: { organisationId },
                        header: { "Idempotency-Key": nyckel },
                    },
                    body,
                }),
            );
            await hamtaIgen();
            return ny;
        },
        async andra(f, body) {
            const ny = await kropp(
                api.PUT("/fragor/{fragaId}", {
                    params: {
                        path: { fragaId: f.id },
                        header: { "If-Match": etag(f.version) },
                    },
                    body,
                }),
            );
            await hamtaIgen();
            return ny;
        },
        async ordna(organisationId, fragor, version) {
            await kropp(
                api.PUT(
                    "/samverkansorganisationer/{organisationId}/frageordning",
                    {
                        params: {
                            path: { organisationId },
                            header: { "If-Match": version },
                        },
                        body: { fragor },
                    },
                ),
            );
            await hamtaIgen();
        },
    };
}
