package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Selector.Likeness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads Calico's selector language: {@code !} binds tighter than {@code &&}, and that tighter than
 * {@code ||} (libcalico-go/lib/selector: tokenizer/tokenizer.go, parser/parser.go). What is wrong
 * is said in their words.
 */
final class ExpressionParser {
  /** How deep parentheses may nest; Calico itself has no limit but that of 1024 characters. */
  private static final int DEPTH = 200;

  private final String text;
  private int at;
  private int depth;

  /** What is wrong with a text, and where it stands in it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private Malformed(String message, int at) {
      super(message + " (at character " + (at + 1) + ")");
    }
  }

  private ExpressionParser(String text) {
    this.text = text;
  }

  /** The expression; an empty text is everything. */
  static Expression parse(String text) throws Malformed {
    ExpressionParser parser = new ExpressionParser(text);
    if (parser.atEnd()) {
      return Expression.ALL;
    }
    Expression out = parser.any();
    if (!parser.atEnd()) {
      throw parser.malformed("unexpected content at end of selector");
    }
    return out;
  }

  private Malformed malformed(String message) {
    return new Malformed(message, at);
  }

  private boolean atEnd() {
    skipSpace();
    return at == text.length();
  }

  private void skipSpace() {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(String token) {
    boolean there = !atEnd() && text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  private Expression any() throws Malformed {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(every());
    } while (take("||"));
    return parts.size() == 1 ? parts.getFirst() : new Expression.Any(parts);
  }

  private Expression every() throws Malformed {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(operation());
    } while (take("&&"));
    return parts.size() == 1 ? parts.getFirst() : new Expression.Every(parts);
  }

  private Expression operation() throws Malformed {
    boolean negated = false;
    while (take("!")) {
      negated = !negated;
    }
    Expression out = positive();
    return negated ? new Expression.Not(out) : out;
  }

  private Expression positive() throws Malformed {
    if (take("(")) {
      if (++depth > DEPTH) {
        throw malformed("parentheses are nested more than " + DEPTH + " deep");
      }
      Expression inner = any();
      depth--;
      expect(")", "expected )");
      return inner;
    }
    if (take("has(")) {
      String key = identifier();
      if (key.isEmpty()) {
        throw malformed("no label name in has( expression");
      }
      expect(")", "no closing ')' after has(");
      return new Expression.Has(key);
    }
    if (take("all(")) {
      expect(")", "no closing ')' after all(");
      return Expression.ALL;
    }
    if (take("global(")) {
      expect(")", "no closing ')' after global(");
      return new Expression.Global();
    }
    String key = identifier();
    if (key.isEmpty()) {
      throw malformed(atEnd() ? "unexpected end of string looking for op" : "unexpected token");
    }
    return comparison(key);
  }

  private Expression comparison(String key) throws Malformed {
    if (take("==")) {
      return new Expression.In(key, Set.of(literal()));
    }
    if (take("!=")) {
      return new Expression.Not(new Expression.In(key, Set.of(literal())));
    }
    if (take("contains")) {
      return new Expression.Like(key, Likeness.CONTAINS, literal());
    }
    if (take("starts")) {
      expect("with", "unexpected characters after label '" + key + "', was expecting an operator");
      return new Expression.Like(key, Likeness.STARTS_WITH, literal());
    }
    if (take("ends")) {
      expect("with", "unexpected characters after label '" + key + "', was expecting an operator");
      return new Expression.Like(key, Likeness.ENDS_WITH, literal());
    }
    if (take("not")) {
      expect("in", "unexpected characters after label '" + key + "', was expecting an operator");
      return new Expression.Not(new Expression.In(key, literals()));
    }
    if (take("in")) {
      return new Expression.In(key, literals());
    }
    throw malformed("expected == or !=, not the text after label '" + key + "'");
  }

  private void expect(String token, String otherwise) throws Malformed {
    if (!take(token)) {
      throw malformed(otherwise);
    }
  }

  private String identifier() {
    skipSpace();
    int start = at;
    int end = start;
    while (end < text.length() && isOfIdentifier(text.charAt(end))) {
      end++;
    }
    at = end;
    return text.substring(start, end);
  }

  private static boolean isOfIdentifier(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_./-".indexOf(c) >= 0;
  }

  private Set<String> literals() throws Malformed {
    expect("{", "expected set literal");
    Set<String> out = new HashSet<>();
    while (!take("}")) {
      out.add(literal());
      if (!take(",")) {
        expect("}", "expected }");
        break;
      }
    }
    return out;
  }

  /** A string in quotes of one kind; there are no escapes. */
  private String literal() throws Malformed {
    if (atEnd() || "'\"".indexOf(text.charAt(at)) < 0) {
      throw malformed("expected string");
    }
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw malformed("unterminated string");
    }
    String out = text.substring(at + 1, end);
    at = end + 1;
    return out;
  }
}
