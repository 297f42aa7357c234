package io.github.polverdict.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A snapshot source of files that are in memory already, read as {@link FileSource} reads them.
 *
 * @param name of the source as a whole
 * @param files the bytes of each, by the name that places in it are told with, in their order
 * @param namespace of objects that name none; empty for {@code default}
 */
public record MemorySource(String name, Map<String, byte[]> files, String namespace)
    implements SnapshotSource {

  @Override
  public Snapshot read() throws UnreadableSource {
    List<Reading> readings = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getValue().length > Limits.DEFAULT.bytesPerFile()) {
        throw new UnreadableSource(
            file.getKey()
                + " is larger than "
                + Limits.DEFAULT.bytesPerFile()
                + " bytes; split it");
      }
      readings.add(new FileReader(file.getKey(), file.getValue(), Limits.DEFAULT).read());
    }
    return new Assembly(Scopes.builtIn(), namespace).snapshot(name, readings);
  }
}
