package dev.odyssey.housekeeping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Removes from the bucket what nobody needs any more, and from the database what nobody looks up.
 * The database alone decides, page by page, and what it names is removed at once. Repeatable, and
 * safe on several runners at the same time.
 */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int PAGE = 1000; // what one DeleteObjects takes
  private static final int PAGES_OF_A_PASS = 10;
  private static final String ID = "[0-9a-f]{8}-[0-9a-f-]{27}";
  private static final Pattern OURS = Pattern.compile("%1$s/%1$s/%1$s[./].+".formatted(ID));

  private final S3Client s3;
  private final String bucket;
  private final DataSource database;
  private final HousekeepingSettings settings;
  private final Clock clock;

  public Housekeeping(
      S3Client s3, String bucket, DataSource database, HousekeepingSettings settings) {
    this.s3 = s3;
    this.bucket = bucket;
    this.database = database;
    this.settings = settings;
    this.clock = Clock.systemUTC();
  }

  /**
   * Looks at some pages of the bucket and removes what is removable there.
   *
   * @param afterKey where the last pass stopped; empty for the beginning
   * @return where this one stopped; empty at the end
   */
  public String pass(String afterKey) throws SQLException {
    if (afterKey.isEmpty()) {
      uploads(false);
      forgetHistory();
    }
    var removed = new ArrayList<Removal>();
    String after = afterKey;
    for (int page = 0; page < PAGES_OF_A_PASS; page++) {
      after = page(after, false, removed);
      if (after.isEmpty()) {
        break;
      }
    }
    if (!removed.isEmpty()) {
      LOG.info("Housekeeping removed {} objects, such as {}", removed.size(), removed.get(0));
    }
    return after;
  }

  /**
   * Goes through the whole bucket.
   *
   * @param dryRun true to remove nothing and only tell
   */
  public List<Removal> all(boolean dryRun) throws SQLException {
    List<Removal> removals = new ArrayList<>(uploads(dryRun));
    String after = "";
    do {
      after = page(after, dryRun, removals);
    } while (!after.isEmpty());
    if (!dryRun) {
      forgetHistory();
    }
    return removals;
  }

  private String page(String after, boolean dryRun, List<Removal> removals) throws SQLException {
    ListObjectsV2Response page =
        s3.listObjectsV2(
            list -> list.bucket(bucket).maxKeys(PAGE).startAfter(after.isEmpty() ? null : after));
    List<String> keys = page.contents().stream().map(S3Object::key).toList();
    List<Removal> removable = removable(keys);
    if (!dryRun && !removable.isEmpty()) {
      remove(removable);
    }
    removals.addAll(removable);
    return Boolean.TRUE.equals(page.isTruncated()) ? keys.get(keys.size() - 1) : "";
  }

  private List<Removal> removable(List<String> keys) throws SQLException {
    List<Removal> removable = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement ask =
            connection.prepareStatement(
                """
                select key, reason from odyssey.removable_objects(p_keys => ?, p_keep_snapshots => ?,
                  p_keep_rejects_days => ?, p_grace_seconds => ?)
                """)) {
      ask.setArray(1, connection.createArrayOf("text", keys.toArray()));
      ask.setInt(2, settings.keepSnapshots());
      ask.setInt(3, settings.keepRejectsDays());
      ask.setInt(4, (int) settings.grace().toSeconds());
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          removable.add(new Removal(rows.getString("key"), rows.getString("reason")));
        }
      }
    }
    return removable;
  }

  private void forgetHistory() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement forget =
            connection.prepareStatement(
                """
                select odyssey.forget_history(p_keep_days => ?, p_keep_snapshots => ?,
                  p_keep_rejects_days => ?)
                """)) {
      forget.setInt(1, settings.keepHistoryDays());
      forget.setInt(2, settings.keepSnapshots());
      forget.setInt(3, settings.keepRejectsDays());
      forget.executeQuery().close();
    }
  }

  private void remove(List<Removal> removable) {
    List<ObjectIdentifier> objects =
        removable.stream()
            .map(removal -> ObjectIdentifier.builder().key(removal.what()).build())
            .toList();
    s3.deleteObjects(delete -> delete.bucket(bucket).delete(d -> d.objects(objects).quiet(true)))
        .errors()
        .forEach(e -> LOG.warn("{} could not be removed: {} {}", e.key(), e.code(), e.message()));
  }

  /**
   * Uploads in parts that broke off; the store keeps, and bills, their parts until somebody ends
   * them.
   */
  private List<Removal> uploads(boolean dryRun) {
    Instant old = clock.instant().minus(settings.uploadAge());
    List<Removal> removals = new ArrayList<>();
    for (MultipartUpload upload :
        s3.listMultipartUploads(list -> list.bucket(bucket).maxUploads(PAGE)).uploads()) {
      if (OURS.matcher(upload.key()).matches() && !upload.initiated().isAfter(old)) {
        removals.add(new Removal(upload.key(), "upload that broke off"));
        if (!dryRun) {
          s3.abortMultipartUpload(
              abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        }
      }
    }
    return removals;
  }
}
