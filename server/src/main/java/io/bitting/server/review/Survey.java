package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which keys of a large organization are to be looked at, as of a time: their order, and nothing
 * that is shown of them. Some 80 bytes of memory a key.
 *
 * @param madeAt when it was begun
 * @param complete whether no counter is known to be lost, for any key
 * @param progress how far the review had come
 * @param places the keys about which something was found, the greatest risk first, each with
 *     whether a decision stood
 */
record Survey(
    Instant madeAt, boolean complete, ReviewAnswer.Progress progress, Map<KeyId, Boolean> places) {

  /** What is kept of a key until all are ranked. */
  private record Place(KeyId key, int points, String name, boolean decided)
      implements Comparable<Place> {
    private static Place of(ReviewedKey found) {
      return new Place(
          KeyId.parse(found.key().id()).orElseThrow(),
          found.points(),
          found.key().name(),
          found.decision() != null);
    }

    /** As {@link Findings#RANK}. */
    @Override
    public int compareTo(Place other) {
      int byPoints = Integer.compare(other.points, points);
      int byName = byPoints == 0 ? name.compareTo(other.name) : byPoints;
      return byName == 0 ? key.text().compareTo(other.key.text()) : byName;
    }
  }

  /** Makes one, which reads every key. */
  static Survey of(Judging judging, OrganizationId organization, Instant now) {
    List<Place> places = new ArrayList<>();
    List<Findings> counts = new ArrayList<>();
    judging.all(
        organization,
        Period.usual(now),
        now,
        part -> {
          part.found().forEach(found -> places.add(Place.of(found)));
          counts.add(new Findings(part.keys(), part.revoked(), part.complete(), List.of()));
        });
    Collections.sort(places);
    Map<KeyId, Boolean> ranked = new LinkedHashMap<>();
    places.forEach(place -> ranked.put(place.key(), place.decided()));
    Findings all = Findings.of(counts);
    int decided = (int) places.stream().filter(Place::decided).count();
    return new Survey(
        now,
        all.complete(),
        new ReviewAnswer.Progress(all.keys(), places.size() - decided, decided, all.revoked()),
        Collections.unmodifiableMap(ranked));
  }
}
