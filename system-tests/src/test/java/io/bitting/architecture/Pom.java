package io.bitting.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a POM says of its module.
 *
 * @param artifact its artifact id
 * @param used the artifact ids of what it depends on, but for tests
 * @param modules the folders of its modules
 */
record Pom(String artifact, List<String> used, List<String> modules) {

  static Pom read(String xml) throws IOException {
    try {
      Element project =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement();
      List<String> used = new ArrayList<>();
      for (Element list : children(project, "dependencies")) {
        for (Element dependency : children(list, "dependency")) {
          if (!text(dependency, "scope").equals(Optional.of("test"))) {
            used.add(text(dependency, "artifactId").orElseThrow());
          }
        }
      }
      List<String> modules =
          children(project, "modules").stream()
              .flatMap(list -> children(list, "module").stream())
              .map(Node::getTextContent)
              .toList();
      return new Pom(text(project, "artifactId").orElseThrow(), used, modules);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static Optional<String> text(Element parent, String name) {
    return children(parent, name).stream().findFirst().map(Node::getTextContent);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
