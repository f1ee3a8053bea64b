//! What stores have in common that stand in front of another.

/// Has a store read what the one behind it reads, which it keeps in this field.
#[doc(hidden)]
#[macro_export]
macro_rules! __reads_behind {
    ($store:ty, $behind:tt) => {
        impl $crate::store::ReadStore for $store {
            fn load(
                &self,
                instance: &$crate::store::InstanceId,
            ) -> $crate::store::StoreFuture<Option<$crate::store::StoredRecord>> {
                $crate::store::ReadStore::load(&self.$behind, instance)
            }

            fn list(&self) -> $crate::store::StoreFuture<Vec<$crate::store::InstanceId>> {
                $crate::store::ReadStore::list(&self.$behind)
            }

            fn current(
                &self,
            ) -> $crate::store::StoreFuture<
                Vec<($crate::store::InstanceId, $crate::store::StoredRecord)>,
            > {
                $crate::store::ReadStore::current(&self.$behind)
            }

            fn history(
                &self,
                instance: &$crate::store::InstanceId,
            ) -> $crate::store::StoreFuture<Vec<$crate::store::StoredRecord>> {
                $crate::store::ReadStore::history(&self.$behind, instance)
            }

            fn histories(
                &self,
                instances: &[$crate::store::InstanceId],
            ) -> $crate::store::StoreFuture<Vec<Vec<$crate::store::StoredRecord>>> {
                $crate::store::ReadStore::histories(&self.$behind, instances)
            }

            fn source(
                &self,
                workflow: &str,
                fingerprint: u64,
            ) -> $crate::store::StoreFuture<Option<String>> {
                $crate::store::ReadStore::source(&self.$behind, workflow, fingerprint)
            }

            fn newest(&self, workflow: &str) -> $crate::store::StoreFuture<Option<(u64, String)>> {
                $crate::store::ReadStore::newest(&self.$behind, workflow)
            }
        }
    };
}
