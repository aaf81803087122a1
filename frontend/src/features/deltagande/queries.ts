import {
    type QueryClient,
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { insatsnycklar } from "@/features/insats/queries";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";
import type { Sokord } from "./sokning.logic";
import type { Varning } from "./varning.logic";

export type Deltagande = Schema<"Deltagande">;
export type Samtycke = Schema<"Samtycke">;
export type Deltagandelista = Schema<"DeltagandeLista">;
export type Deltagandefilter = NonNullable<
    paths["/insatser/{insatsId}/deltaganden"]["get"]["parameters"]["query"]
>;

export type Samtyckesfilter = NonNullable<
    paths["/insatser/{insatsId}/samtycken"]["get"]["parameters"]["query"]
>;

/** Which hits of a search are shown. */
export interface Sokfilter {
    status: Schema<"Deltagandestatus"> | undefined;
    limit: number;
    offset: number;
}

/** A search that was made. Its number is its key: no name or personnummer stands in one. */
export interface Deltagandesokning {
    nr: number;
    sokord: Sokord;
}

export const deltagandenycklar = {
    iInsats: (insatsId: string) =>
        [...insatsnycklar.en(insatsId), "deltaganden"] as const,
    lista: (insatsId: string, filter: Deltagandefilter) =>
        [
            ...insatsnycklar.en(insatsId),
            "deltaganden",
            "lista",
            filter,
        ] as const,
    sokningar: ["deltagandesokningar"] as const,
    sokning: (insatsId: string, nr: number, filter: Sokfilter) =>
        [...deltagandenycklar.sokningar, insatsId, nr, filter] as const,
    ett: (id: string) => ["deltaganden", id] as const,
    versioner: (id: string) => ["deltaganden", id, "versioner"] as const,
    samtycke: (id: string) => ["samtycken", id] as const,
    samtyckenI: (insatsId: string) =>
        [...insatsnycklar.en(insatsId), "samtycken"] as const,
    samtyckeslista: (insatsId: string, filter: Samtyckesfilter) =>
        [...deltagandenycklar.samtyckenI(insatsId), filter] as const,
    anonyma: (insatsId: string) =>
        [...insatsnycklar.en(insatsId), "anonyma"] as const,
    anonymaversioner: (insatsId: string, id: string) =>
        [...deltagandenycklar.anonyma(insatsId), id, "versioner"] as const,
};

export function useDeltaganden(
    insatsId: MaybeRefOrGetter<string>,
    filter: MaybeRefOrGetter<Deltagandefilter>,
    ska: MaybeRefOrGetter<boolean> = true,
): UseQueryReturnType<Deltagandelista, Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.lista(toValue(insatsId), toValue(filter)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser/{insatsId}/deltaganden", {
                    params: {
                        path: { insatsId: toValue(insatsId) },
                        query: toValue(filter),
                    },
                    signal,
                }),
            ),
        enabled: () => toValue(ska),
        placeholderData: keepPreviousData,
    });
}

/** Whoever is registered in the insats and has this name or number; logged, without what was searched. */
export function sokDeltaganden(
    insatsId: string,
    sokord: Sokord,
    { status, limit, offset }: Sokfilter,
    signal: AbortSignal | null = null,
): Promise<Deltagandelista> {
    return kropp(
        api.POST("/insatser/{insatsId}/deltagande-sokningar", {
            params: { path: { insatsId }, query: { limit, offset } },
            body: { ...sokord, ...(status === undefined ? {} : { status }) },
            signal,
        }),
    );
}

/** The hits of a search that was made; undefined: of none. */
export function useSokning(
    insatsId: MaybeRefOrGetter<string>,
    sokning: MaybeRefOrGetter<Deltagandesokning | undefined>,
    filter: MaybeRefOrGetter<Sokfilter>,
): UseQueryReturnType<Deltagandelista, Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.sokning(
                toValue(insatsId),
                toValue(sokning)?.nr ?? 0,
                toValue(filter),
            ),
        queryFn: ({ signal }) =>
            sokDeltaganden(
                toValue(insatsId),
                toValue(sokning)?.sokord ?? {},
                toValue(filter),
                signal,
            ),
        enabled: () => toValue(sokning) !== undefined,
        placeholderData: keepPreviousData,
    });
}

export function useDeltagande(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Deltagande, Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.ett(toValue(id)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/deltaganden/{deltagandeId}", {
                    params: { path: { deltagandeId: toValue(id) } },
                    signal,
                }),
            ),
        enabled: () => toValue(id) !== "",
    });
}

export function useVersioner(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Schema<"Version">[], Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.versioner(toValue(id)),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(
                        api.GET("/deltaganden/{deltagandeId}/versioner", {
                            params: {
                                path: { deltagandeId: toValue(id) },
                                query,
                            },
                            signal,
                        }),
                    ),
                (v) => `${v.typ} ${v.version}`,
            ),
    });
}

export function useSamtycke(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Samtycke, Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.samtycke(toValue(id)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/samtycken/{samtyckeId}", {
                    params: { path: { samtyckeId: toValue(id) } },
                    signal,
                }),
            ),
        enabled: () => toValue(id) !== "",
    });
}

/** The samtycken of an insats, a page at a time; each person shown is a row in the log. */
export function useSamtycken(
    insatsId: MaybeRefOrGetter<string>,
    filter: MaybeRefOrGetter<Samtyckesfilter>,
): UseQueryReturnType<Schema<"SamtyckeLista">, Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.samtyckeslista(
                toValue(insatsId),
                toValue(filter),
            ),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser/{insatsId}/samtycken", {
                    params: {
                        path: { insatsId: toValue(insatsId) },
                        query: toValue(filter),
                    },
                    signal,
                }),
            ),
        placeholderData: keepPreviousData,
    });
}

/** Each registration of anonyma in an insats: only of all of them is a sum right. */
export function useAnonyma(
    insatsId: MaybeRefOrGetter<string>,
): UseQueryReturnType<Schema<"Anonyma">[], Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.anonyma(toValue(insatsId)),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(
                        api.GET("/insatser/{insatsId}/anonyma", {
                            params: {
                                path: { insatsId: toValue(insatsId) },
                                query,
                            },
                            signal,
                        }),
                    ),
                (a) => a.id,
            ),
    });
}

/** What one registration of anonyma has said, oldest first. */
export function useAnonymaversioner(
    a: MaybeRefOrGetter<Schema<"Anonyma">>,
): UseQueryReturnType<Schema<"AnonymaVersion">[], Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.anonymaversioner(
                toValue(a).insatsId,
                toValue(a).id,
            ),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(
                        api.GET("/anonyma/{anonymaId}/versioner", {
                            params: {
                                path: { anonymaId: toValue(a).id },
                                query,
                            },
                            signal,
                        }),
                    ),
                (v) => String(v.version),
            ),
    });
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

/** So long a dry run is waited for: the save shall not stand behind it. */
const provtid = 5000;

/** Tries a creating call: decided as it would be, and nothing is stored. */
function provkor(): {
    params: { query: { provkor: true } };
    signal: AbortSignal;
} {
    return {
        params: { query: { provkor: true } },
        signal: AbortSignal.timeout(provtid),
    };
}

async function varningarna(
    svar: Promise<{ data?: { varningar?: Varning[] } }>,
): Promise<Varning[]> {
    return (await kropp(svar)).varningar ?? [];
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

/** The same of anonyma. */
export function provaAnonyma(
    insatsId: string,
    body: Schema<"NyaAnonyma">,
): Promise<Varning[]> {
    const { params, signal } = provkor();
    return varningarna(
        api.POST("/insatser/{insatsId}/anonyma", {
            params: { ...params, path: { insatsId } },
            body,
            signal,
        }),
    );
}

export interface Registrering {
    samtyck: (
        insatsId: string,
        body: Schema<"NyttSamtycke">,
        nyckel: string,
    ) => Promise<Samtycke>;
    rattaSamtycke: (
        s: Samtycke,
        body: Schema<"RattatSamtycke">,
    ) => Promise<Samtycke>;
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
    registreraAnonyma: (
        insatsId: string,
        body: Schema<"NyaAnonyma">,
        nyckel: string,
    ) => Promise<Schema<"Anonyma">>;
    rattaAnonyma: (
        a: Schema<"Anonyma">,
        body: Schema<"RattadeAnonyma">,
    ) => Promise<Schema<"Anonyma">>;
    aterkalla: (
        samtyckeId: string,
        insatsId: string,
        nyckel: string,
    ) => Promise<Schema<"Aterkallelse">>;
    aterkallaIInsats: (
        insatsId: string,
        body: Schema<"AterkallelseIInsats">,
    ) => Promise<Schema<"AterkalladeIInsats">>;
}

/** The registrations; each makes what it changed be read anew. */
export function useRegistrering(): Registrering {
    const fragor = useQueryClient();
    const huvud = (nyckel: string): { "Idempotency-Key": string } => ({
        "Idempotency-Key": nyckel,
    });
    return {
        async samtyck(insatsId, body, nyckel) {
            const s = await kropp(
                api.POST("/insatser/{insatsId}/samtycken", {
                    params: { path: { insatsId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.samtyckenI(insatsId),
            });
            return s;
        },
        async rattaSamtycke(fore, body) {
            const s = await kropp(
                api.PUT("/samtycken/{samtyckeId}", {
                    params: {
                        path: { samtyckeId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await andrat(fragor, s.insatsId, "", s.id);
            return s;
        },
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
        async registreraAnonyma(insatsId, body, nyckel) {
            const a = await skapat(
                api.POST("/insatser/{insatsId}/anonyma", {
                    params: { path: { insatsId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.anonyma(insatsId),
            });
            return a;
        },
        async rattaAnonyma(fore, body) {
            const a = await kropp(
                api.PUT("/anonyma/{anonymaId}", {
                    params: {
                        path: { anonymaId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.anonyma(fore.insatsId),
            });
            return a;
        },
        async aterkalla(samtyckeId, insatsId, nyckel) {
            const a = await kropp(
                api.POST("/samtycken/{samtyckeId}/aterkallelser", {
                    params: { path: { samtyckeId }, header: huvud(nyckel) },
                }),
            );
            await andrat(fragor, insatsId, a.deltagandeId ?? "", samtyckeId);
            return a;
        },
        // Needs no key: what is withdrawn already is not withdrawn again.
        aterkallaIInsats: (insatsId, body) =>
            kropp(
                api.POST("/insatser/{insatsId}/aterkallelser", {
                    params: { path: { insatsId } },
                    body,
                }),
            ),
    };
}

async function andrat(
    fragor: QueryClient,
    insatsId: string,
    deltagandeId: string,
    samtyckeId: string,
): Promise<void> {
    await Promise.all([
        fragor.invalidateQueries({
            queryKey: deltagandenycklar.iInsats(insatsId),
        }),
        fragor.invalidateQueries({
            queryKey: deltagandenycklar.samtyckenI(insatsId),
        }),
        fragor.invalidateQueries({
            queryKey: deltagandenycklar.ett(deltagandeId),
        }),
        fragor.invalidateQueries({
            queryKey: deltagandenycklar.samtycke(samtyckeId),
        }),
    ]);
}
