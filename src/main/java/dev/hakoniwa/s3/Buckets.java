package dev.hakoniwa.s3;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;

/// Every bucket of an account, whatever region it is in, and what the buckets hold.
final class Buckets {
    private static final Region ANYWHERE = new Region("us-east-1");

    private final Table<Bucket> buckets;

    /// By the bucket's name and the object's key behind it, parted by `/`, which no bucket's name has.
    private final Table<StoredObject> objects;

    Buckets(Tables tables) {
        buckets = tables.table("bucket");
        objects = tables.table("object");
    }

    List<Bucket> all(AccountId account) {
        return buckets.all(of(account));
    }

    boolean contains(AccountId account, String name) {
        return buckets.contains(of(account), name);
    }

    Bucket get(AccountId account, String name) {
        return buckets.find(of(account), name).orElseThrow(() -> Errors.noSuchBucket(name));
    }

    void put(AccountId account, Bucket bucket) {
        buckets.put(of(account), bucket.name(), bucket);
    }

    void remove(AccountId account, String name) {
        if (!objects(account, name, "").isEmpty()) {
            throw Errors.bucketNotEmpty(name);
        }
        buckets.remove(of(account), name);
    }

    /// The bucket's objects whose keys begin so, in the order of their keys.
    List<StoredObject> objects(AccountId account, String bucket, String prefix) {
        return objects.startingWith(of(account), bucket + "/" + prefix);
    }

    StoredObject object(AccountId account, String bucket, String key) {
        get(account, bucket);
        return objects.find(of(account), bucket + "/" + key).orElseThrow(() -> Errors.noSuchKey(key));
    }

    boolean containsObject(AccountId account, String bucket, String key) {
        return objects.contains(of(account), bucket + "/" + key);
    }

    void put(AccountId account, String bucket, StoredObject object) {
        objects.put(of(account), bucket + "/" + object.key(), object);
    }

    void removeObject(AccountId account, String bucket, String key) {
        objects.remove(of(account), bucket + "/" + key);
    }

    private static Scope of(AccountId account) {
        return new Scope(account, ANYWHERE);
    }
}
