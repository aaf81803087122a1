import { type RouteLocationRaw, useRouter } from "vue-router";

/** Goes to a page. Where that fails App says what was wrong, and there is nothing more to do. */
export function useGa(): (till: RouteLocationRaw) => void {
    const router = useRouter();
    return (till) => {
        router.push(till).catch(() => undefined);
    };
}
