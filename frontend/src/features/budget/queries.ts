import {
    type UseQueryReturnType,
    useQuery,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, etag, kropp } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";

const nycklar = {
    alla: ["budgetar"] as const,
    insats: (id: string, ar: string) => ["budgetar", "insats", id, ar] as const,
    organisation: (id: string, ar: string) =>
        ["budgetar", "organisation", id, ar] as const,
    versioner: (slag: string, id: string, ar: string) =>
        ["budgetar", "versioner", slag, id, ar] as const,
    volym: (id: string, ar: string) => ["budgetar", "volym", id, ar] as const,
};

type Id = MaybeRefOrGetter<string>;

/** Nothing is asked for before it is known of what. */
const bada = (id: Id, ar: Id) => (): boolean =>
    toValue(id) !== "" && toValue(ar) !== "";

export function useInsatsbudget(
    id: Id,
    ar: Id,
): UseQueryReturnType<Schema<"Insatsbudget">, Error> {
    return useQuery({
        queryKey: () => nycklar.insats(toValue(id), toValue(ar)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser/{insatsId}/budgetar/{ar}", {
                    params: {
                        path: {
                            insatsId: toValue(id),
                            ar: Number(toValue(ar)),
                        },
                    },
                    signal,
                }),
            ),
        enabled: bada(id, ar),
    });
}

export function useOrganisationsbudget(
    id: Id,
    ar: Id,
): UseQueryReturnType<Schema<"Organisationsbudget">, Error> {
    return useQuery({
        queryKey: () => nycklar.organisation(toValue(id), toValue(ar)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET(
                    "/samverkansorganisationer/{organisationId}/budgetar/{ar}",
                    {
                        params: {
                            path: {
                                organisationId: toValue(id),
                                ar: Number(toValue(ar)),
                            },
                        },
                        signal,
                    },
                ),
            ),
        enabled: bada(id, ar),
    });
}

export function useVolym(
    id: Id,
    ar: Id,
): UseQueryReturnType<Schema<"Volym">, Error> {
    return useQuery({
        queryKey: () => nycklar.volym(toValue(id), toValue(ar)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser/{insatsId}/volymer/{ar}", {
                    params: {
                        path: {
                            insatsId: toValue(id),
                            ar: Number(toValue(ar)),
                        },
                    },
                    signal,
                }),
            ),
        enabled: bada(id, ar),
    });
}

/** What is told of each version, whatever it is of. */
interface Version {
    version: number;
    registrerad: string;
    registrerare?: Schema<"Aktor">;
    /** What it said, in a line. */
    text: string;
}

/** Which history: where it is read, and how a version is told. */
export interface Historik {
    slag: "volym" | "insatsbudget" | "organisationsbudget";
    id: string;
    ar: string;
}

/** What a year has said, the latest first; read when it is asked for. */
export function useHistorik(
    h: MaybeRefOrGetter<Historik>,
    iOrd: {
        volym: (v: Schema<"Volymversion">) => string;
        insatsbudget: (v: Schema<"Insatsbudgetversion">) => string;
        organisationsbudget: (
            v: Schema<"Organisationsbudgetversion">,
        ) => string;
    },
): UseQueryReturnType<Version[], Error> {
    return useQuery({
        queryKey: () => {
            const { slag, id, ar } = toValue(h);
            return nycklar.versioner(slag, id, ar);
        },
        queryFn: async ({ signal }) => {
            const { slag, id, ar } = toValue(h);
            const path = { insatsId: id, ar: Number(ar) };
            const nr = (v: { version: number }): string => String(v.version);
            const rader: Version[] =
                slag === "volym"
                    ? (
                          await allaSidor(
                              (query) =>
                                  kropp(
                                      api.GET(
                                          "/insatser/{insatsId}/volymer/{ar}/versioner",
                                          { params: { path, query }, signal },
                                      ),
                                  ),
                              nr,
                          )
                      ).map((v) => ({ ...v, text: iOrd.volym(v) }))
                    : slag === "insatsbudget"
                      ? (
                            await allaSidor(
                                (query) =>
                                    kropp(
                                        api.GET(
                                            "/insatser/{insatsId}/budgetar/{ar}/versioner",
                                            { params: { path, query }, signal },
                                        ),
                                    ),
                                nr,
                            )
                        ).map((v) => ({ ...v, text: iOrd.insatsbudget(v) }))
                      : (
                            await allaSidor(
                                (query) =>
                                    kropp(
                                        api.GET(
                                            "/samverkansorganisationer/{organisationId}/budgetar/{ar}/versioner",
                                            {
                                                params: {
                                                    path: {
                                                        organisationId: id,
                                                        ar: Number(ar),
                                                    },
                                                    query,
                                                },
                                                signal,
                                            },
                                        ),
                                    ),
                                nr,
                            )
                        ).map((v) => ({
                            ...v,
                            text: iOrd.organisationsbudget(v),
                        }));
            return rader.reverse();
        },
    });
}

export interface Budgetering {
    sparaVolym: (
        insatsId: string,
        ar: string,
        version: number,
        body: Schema<"NyVolym">,
        /** One of many: what shows it is read when all are saved. */
        flera?: boolean,
    ) => Promise<Schema<"Volym">>;
    sparaInsatsbudget: (
        insatsId: string,
        ar: string,
        version: number,
        body: Schema<"NyInsatsbudget">,
        /** As of sparaVolym. */
        flera?: boolean,
    ) => Promise<Schema<"Insatsbudget">>;
    /** As it stands now. */
    lasInsatsbudget: (
        insatsId: string,
        ar: string,
    ) => Promise<Schema<"Insatsbudget">>;
    sparaOrganisationsbudget: (
        organisationId: string,
        ar: string,
        version: number,
        body: Schema<"NyOrganisationsbudget">,
    ) => Promise<Schema<"Organisationsbudget">>;
    stang: (organisationId: string, ar: string) => Promise<void>;
    oppna: (organisationId: string, ar: string, skal: string) => Promise<void>;
    hamtaIgen: () => Promise<void>;
}

/** What is said of a year; each makes all that shows it be read anew. */
export function useBudgetering(): Budgetering {
    const fragor = useQueryClient();
    const hamtaIgen = (): Promise<void> =>
        fragor.invalidateQueries({ queryKey: nycklar.alla });
    async function efter<T>(svar: Promise<T>): Promise<T> {
        const v = await svar;
        await hamtaIgen();
        return v;
    }
    const header = (version: number): { "If-Match": string } => ({
        "If-Match": etag(version),
    });
    return {
        hamtaIgen,
        sparaVolym(insatsId, ar, version, body, flera = false) {
            const svar = kropp(
                api.PUT("/insatser/{insatsId}/volymer/{ar}", {
                    params: {
                        path: { insatsId, ar: Number(ar) },
                        header: header(version),
                    },
                    body,
                }),
            );
            return flera ? svar : efter(svar);
        },
        sparaInsatsbudget(insatsId, ar, version, body, flera = false) {
            const svar = kropp(
                api.PUT("/insatser/{insatsId}/budgetar/{ar}", {
                    params: {
                        path: { insatsId, ar: Number(ar) },
                        header: header(version),
                    },
                    body,
                }),
            );
            return flera ? svar : efter(svar);
        },
        lasInsatsbudget: (insatsId, ar) =>
            kropp(
                api.GET("/insatser/{insatsId}/budgetar/{ar}", {
                    params: { path: { insatsId, ar: Number(ar) } },
                }),
            ),
        sparaOrganisationsbudget: (organisationId, ar, version, body) =>
            efter(
                kropp(
                    api.PUT(
                        "/samverkansorganisationer/{organisationId}/budgetar/{ar}",
                        {
                            params: {
                                path: { organisationId, ar: Number(ar) },
                                header: header(version),
                            },
                            body,
                        },
                    ),
                ),
            ),
        async stang(organisationId, ar) {
            await efter(
                kropp(
                    api.POST(
                        "/samverkansorganisationer/{organisationId}/budgetar/{ar}/stangningar",
                        {
                            params: {
                                path: { organisationId, ar: Number(ar) },
                                header: {
                                    "Idempotency-Key": crypto.randomUUID(),
                                },
                            },
                        },
                    ),
                ),
            );
        },
        async oppna(organisationId, ar, skal) {
            await efter(
                kropp(
                    api.POST(
                        "/samverkansorganisationer/{organisationId}/budgetar/{ar}/oppningar",
                        {
                            params: {
                                path: { organisationId, ar: Number(ar) },
                                header: {
                                    "Idempotency-Key": crypto.randomUUID(),
                                },
                            },
                            body: { skal },
                        },
                    ),
                ),
            );
        },
    };
}
