import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { api, kropp } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";
import { soksom } from "./myndighet.logic";

export type Myndighet = Schema<"Myndighet">;
type Myndighetsfilter = NonNullable<
    paths["/myndigheter"]["get"]["parameters"]["query"]
>;

export const myndighetsnycklar = {
    alla: ["myndigheter"] as const,
    lista: (filter: Myndighetsfilter) =>
        ["myndigheter", "lista", filter] as const,
    en: (id: string) => ["myndigheter", id] as const,
};

export function useMyndigheter(
    filter: MaybeRefOrGetter<Myndighetsfilter>,
): UseQueryReturnType<Schema<"MyndighetLista">, Error> {
    return useQuery({
        queryKey: () => myndighetsnycklar.lista(toValue(filter)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/myndigheter", {
                    params: { query: toValue(filter) },
                    signal,
                }),
            ),
        placeholderData: keepPreviousData,
    });
}

/** Those whose name or number is sought, the first of them; nothing is asked for while nothing is. */
export function useSokta(
    text: MaybeRefOrGetter<string>,
): UseQueryReturnType<Myndighet[], Error> {
    const filter = (): Myndighetsfilter => ({
        ...soksom(toValue(text)),
        sort: "namn",
        limit: 20,
    });
    return useQuery({
        queryKey: () => [...myndighetsnycklar.lista(filter()), "sokta"],
        queryFn: async ({ signal }) => {
            const { data } = await kropp(
                api.GET("/myndigheter", {
                    params: { query: filter() },
                    signal,
                }),
            );
            return data;
        },
        enabled: () => toValue(text) !== "",
    });
}

export function useMyndighet(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Myndighet, Error> {
    return useQuery({
        queryKey: () => myndighetsnycklar.en(toValue(id)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/myndigheter/{myndighetId}", {
                    params: { path: { myndighetId: toValue(id) } },
                    signal,
                }),
            ),
        enabled: () => toValue(id) !== "",
    });
}
