import {
    type UseQueryReturnType,
    keepPreviousData,
    useQueries,
    useQuery,
} from "@tanstack/vue-query";
import {
    type ComputedRef,
    type MaybeRefOrGetter,
    computed,
    toValue,
} from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, kropp } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";

export type Insats = Schema<"Insats">;
type Insatsfilter = NonNullable<
    paths["/insatser"]["get"]["parameters"]["query"]
>;

export const insatsnycklar = {
    alla: ["insatser"] as const,
    lista: (filter: Insatsfilter) => ["insatser", "lista", filter] as const,
    hela: (filter: Insatsfilter) => ["insatser", "hela", filter] as const,
    en: (id: string) => ["insatser", id] as const,
    kopplingar: (id: string) => ["insatser", id, "kopplingar"] as const,
};

export function useInsatser(
    filter: MaybeRefOrGetter<Insatsfilter>,
): UseQueryReturnType<Schema<"InsatsLista">, Error> {
    return useQuery({
        queryKey: () => insatsnycklar.lista(toValue(filter)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser", {
                    params: { query: toValue(filter) },
                    signal,
                }),
            ),
        placeholderData: keepPreviousData,
    });
}

/** All of them, by name. */
export function useAllaInsatser(
    filter: MaybeRefOrGetter<Omit<Insatsfilter, "limit" | "offset" | "sort">>,
): UseQueryReturnType<Insats[], Error> {
    const fraga = (): Insatsfilter => ({ ...toValue(filter), sort: "namn" });
    return useQuery({
        queryKey: () => insatsnycklar.hela(fraga()),
        queryFn: ({ signal }) =>
            allaSidor(
                (sida) =>
                    kropp(
                        api.GET("/insatser", {
                            params: { query: { ...fraga(), ...sida } },
                            signal,
                        }),
                    ),
                (i) => i.id,
            ),
    });
}

/** Those of the person's uppdrag, at most a hundred. */
export function useMinaInsatser(): UseQueryReturnType<
    Schema<"InsatsLista">,
    Error
> {
    return useInsatser({ mina: true, sort: "namn", limit: 100 });
}

async function hamtaInsats(id: string, signal: AbortSignal): Promise<Insats> {
    return kropp(
        api.GET("/insatser/{insatsId}", {
            params: { path: { insatsId: id } },
            signal,
        }),
    );
}

export function useInsats(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Insats, Error> {
    return useQuery({
        queryKey: () => insatsnycklar.en(toValue(id)),
        queryFn: ({ signal }) => hamtaInsats(toValue(id), signal),
        enabled: () => toValue(id) !== "",
    });
}

/** What these are called; one that is not known yet, or never, is not there. */
export function useInsatsnamn(
    ids: MaybeRefOrGetter<readonly string[]>,
): ComputedRef<Map<string, string>> {
    const svar = useQueries({
        queries: computed(() =>
            toValue(ids).map((id) => ({
                queryKey: insatsnycklar.en(id),
                queryFn: ({ signal }: { signal: AbortSignal }) =>
                    hamtaInsats(id, signal),
            })),
        ),
    });
    return computed(
        () =>
            new Map(
                svar.value.flatMap(({ data }) =>
                    data ? [[data.id, data.namn] as const] : [],
                ),
            ),
    );
}

/** Those of other organisations that are said to be the same insats. */
export function useKopplingar(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Schema<"Insatskoppling">[], Error> {
    return useQuery({
        queryKey: () => insatsnycklar.kopplingar(toValue(id)),
        queryFn: ({ signal }) =>
            allaSidor(
                (sida) =>
                    kropp(
                        api.GET("/insatser/{insatsId}/kopplingar", {
                            params: {
                                path: { insatsId: toValue(id) },
                                query: sida,
                            },
                            signal,
                        }),
                    ),
                (k) => k.id,
            ),
    });
}
