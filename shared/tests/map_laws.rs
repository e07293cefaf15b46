//! The sorted list behaves as the tree of the standard library does.

use lantoa_shared::{map::Map, set::Set};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What can be done to a map.
#[derive(Debug, Clone)]
enum Deed {
    Insert(u8, u16),
    Remove(u8),
    GetOrInsert(u8, u16),
    Retain(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (any::<u8>(), any::<u16>()).prop_map(|(key, value)| Deed::Insert(key, value)),
        any::<u8>().prop_map(Deed::Remove),
        (any::<u8>(), any::<u16>()).prop_map(|(key, value)| Deed::GetOrInsert(key, value)),
        any::<u8>().prop_map(Deed::Retain),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_to_it_it_holds_what_a_tree_holds(deeds in prop::collection::vec(deed(), 0..200)) {
        let (mut map, mut tree) = (Map::new(), BTreeMap::new());
        for deed in deeds {
            match deed {
                Deed::Insert(key, value) => prop_assert_eq!(map.insert(key, value), tree.insert(key, value)),
                Deed::Remove(key) => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                Deed::GetOrInsert(key, value) => {
                    prop_assert_eq!(*map.get_or_insert_with(key, || value), *tree.entry(key).or_insert(value));
                }
                Deed::Retain(least) => {
                    map.retain(|key, _| *key >= least);
                    tree.retain(|key, _| *key >= least);
                }
            }
            prop_assert!(map.iter().eq(tree.iter()));
        }
        for key in 0..=u8::MAX {
            prop_assert_eq!(map.get(&key), tree.get(&key));
            prop_assert!(map.from_key(&key).eq(tree.range(key..)));
        }
    }

    #[test]
    fn entries_in_any_order_and_twice_are_taken_as_a_tree_takes_them(
        entries in prop::collection::vec((any::<u8>(), any::<u16>()), 0..100),
    ) {
        let map: Map<u8, u16> = entries.iter().copied().collect();
        let tree: BTreeMap<u8, u16> = entries.into_iter().collect();
        prop_assert!(map.iter().eq(tree.iter()));
    }

    #[test]
    fn it_is_written_and_read_as_a_tree_is(tree in prop::collection::btree_map(".{0,4}", any::<u16>(), 0..20)) {
        let map: Map<String, u16> = tree.clone().into_iter().collect();
        let written = serde_json::to_string(&map).unwrap();
        prop_assert_eq!(&written, &serde_json::to_string(&tree).unwrap());
        prop_assert_eq!(serde_json::from_str::<Map<String, u16>>(&written).unwrap(), map);
    }

    #[test]
    fn a_set_is_written_and_read_as_a_tree_is(tree in prop::collection::btree_set(".{0,4}", 0..20)) {
        let set: Set<String> = tree.iter().rev().cloned().collect();
        let written = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(&written, &serde_json::to_string(&tree).unwrap());
        prop_assert_eq!(&serde_json::from_str::<Set<String>>(&written).unwrap(), &set);
        prop_assert!(set.into_iter().eq(tree));
    }
}
