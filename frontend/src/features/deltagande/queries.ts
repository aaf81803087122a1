import {
    type QueryClient,
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { insatsnycklar } from "@/features/insats/queries";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, kropp } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";
import type { Sokord } from "./sokning.logic";

export type Deltagande = Schema<"Deltagande">;
export type Deltagandelista = Schema<"DeltagandeLista">;
type Deltagandefilter = NonNullable<
    paths["/insatser/{insatsId}/deltaganden"]["get"]["parameters"]["query"]
>;

/** Which hits of a search are shown. */
interface Sokfilter {
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
    anonyma: (insatsId: string) =>
        [...insatsnycklar.en(insatsId), "anonyma"] as const,
    anonymaversioner: (insatsId: string, id: string) =>
        [...deltagandenycklar.anonyma(insatsId), id, "versioner"] as const,
};

/** A page of the list, read and logged. */
export function lasDeltaganden(
    insatsId: string,
    query: Deltagandefilter,
    signal: AbortSignal | null = null,
): Promise<Deltagandelista> {
    return kropp(
        api.GET("/insatser/{insatsId}/deltaganden", {
            params: { path: { insatsId }, query },
            signal,
        }),
    );
}

export function useDeltaganden(
    insatsId: MaybeRefOrGetter<string>,
    filter: MaybeRefOrGetter<Deltagandefilter>,
    ska: MaybeRefOrGetter<boolean> = true,
): UseQueryReturnType<Deltagandelista, Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.lista(toValue(insatsId), toValue(filter)),
        queryFn: ({ signal }) =>
            lasDeltaganden(toValue(insatsId), toValue(filter), signal),
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

export function lasDeltagande(
    deltagandeId: string,
    signal: AbortSignal | null = null,
): Promise<Deltagande> {
    return kropp(
        api.GET("/deltaganden/{deltagandeId}", {
            params: { path: { deltagandeId } },
            signal,
        }),
    );
}

export function useDeltagande(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Deltagande, Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.ett(toValue(id)),
        queryFn: ({ signal }) => lasDeltagande(toValue(id), signal),
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

/** What a registration touched is read anew. */
export async function andrat(
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
