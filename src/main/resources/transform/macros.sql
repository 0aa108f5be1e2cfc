-- How texts become values, in the order in which one macro needs another. t is a text, v what the
-- engine's own cast made of it: NULL for nothing, and at times more than the text says.
--
-- What few texts need is written list_transform([t], lambda u: ...)[1]: the engine prepares a lambda
-- when a row needs it, and all else for each column in advance, patterns and memory included. Nothing
-- but parameters stands in a lambda: a column may have the name of one.

-- No value at all.
CREATE OR REPLACE MACRO is_blank(t) AS
  trim(t) = '';

-- No value at all: blank, or a zero date such as 0000-00-00.
CREATE OR REPLACE MACRO is_no_date(t) AS
  is_blank(t) OR starts_with(trim(t), '0000-00-00');

-- Some numeric type holds it. The engine takes 1_000, too.
CREATE OR REPLACE MACRO is_number(t) AS
  TRY_CAST(t AS DOUBLE) IS NOT NULL AND NOT contains(t, '_');

-- Characters behind the point.
CREATE OR REPLACE MACRO fraction_length(t) AS
  CASE WHEN contains(t, '.') THEN strlen(t) - strpos(t, '.') ELSE 0 END;

-- Digits before the point.
CREATE OR REPLACE MACRO whole_digits(t) AS
  strlen(ltrim(CASE WHEN contains(t, '.') THEN left(t, strpos(t, '.') - 1) ELSE t END, '-+0'));

-- Digits behind the point, without zeros at the end.
CREATE OR REPLACE MACRO fraction_digits(t) AS
  CASE WHEN contains(t, '.') THEN strlen(rtrim(t, '0')) - strpos(t, '.') END;

CREATE OR REPLACE MACRO has_exponent(t) AS
  contains(t, 'e') OR contains(t, 'E');

-- A number before its exponent.
CREATE OR REPLACE MACRO mantissa(t) AS
  CASE WHEN has_exponent(t) THEN left(t, strpos(lower(t), 'e') - 1) ELSE t END;

CREATE OR REPLACE MACRO exponent(t) AS
  CASE WHEN has_exponent(t) THEN TRY_CAST(substr(t, strpos(lower(t), 'e') + 1) AS INTEGER) ELSE 0 END;

-- A number's digits, from the first to the last that is no zero.
CREATE OR REPLACE MACRO significant(t) AS
  rtrim(ltrim(replace(t, '.', ''), '-+0'), '0');

-- A double, which holds 15 digits, has not all of these. What has an exponent is written as one.
-- CASE: of a conjunction the engine computes every part.
CREATE OR REPLACE MACRO outdoes_double(t) AS
  CASE WHEN strlen(t) <= 15 THEN false
    WHEN has_exponent(t) THEN false
    ELSE significant(mantissa(TRY_CAST(t AS DOUBLE)::VARCHAR)) <> significant(trim(t)) END;

-- The engine would not round it to so many digits behind the point.
CREATE OR REPLACE MACRO fits_scale(t, scale) AS
  fraction_length(t) <= scale AND NOT has_exponent(t);

-- The decimal that the engine has read, where it has not rounded. The text of a wide one costs
-- more than a look at t.
CREATE OR REPLACE MACRO exact_wide_decimal(t, v, scale) AS
  CASE WHEN fits_scale(t, scale) AND is_number(t) THEN v END;

-- Likewise: 12.3400 starts with 12.34.
CREATE OR REPLACE MACRO exact_decimal(t, v, scale) AS
  CASE WHEN starts_with(v::VARCHAR, t) THEN v ELSE exact_wide_decimal(t, v, scale) END;

-- A number whose point is n digits further to the right.
CREATE OR REPLACE MACRO shift_right(whole, fraction, n) AS
  whole || rpad(fraction, n, '0') || '.' || substr(fraction, n + 1);

-- n digits further to the left.
CREATE OR REPLACE MACRO shift_left(whole, fraction, n) AS
  left(repeat('0', n) || whole, strlen(whole)) || '.' || right(repeat('0', n) || whole, n) || fraction;

CREATE OR REPLACE MACRO shift_point(whole, fraction, n) AS
  CASE WHEN n < 0 THEN shift_left(whole, fraction, -n) ELSE shift_right(whole, fraction, n) END;

-- 150.0 of 1.5e2: of 1e-9 the engine makes the decimal 0.01, and of 7.5E10 one with more digits than
-- its type has.
CREATE OR REPLACE MACRO without_exponent(t) AS
  CASE WHEN NOT has_exponent(t) THEN t
    WHEN regexp_full_match(t, '\s*[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d{1,3}\s*')
    THEN list_transform([t], lambda u: regexp_extract(u, '^\s*(-?)', 1) || shift_point(
      regexp_extract(u, '(\d*)\.?\d*[eE]', 1),
      regexp_extract(u, '\.(\d*)[eE]', 1),
      TRY_CAST(regexp_extract(u, '[eE](.*)', 1) AS INTEGER)))[1] END;

-- Of a wide decimal below 1e9 the nearest of four digits, which is the value itself if it has no
-- more. The engine takes microseconds to cut a wide decimal, and a double has more digits.
CREATE OR REPLACE MACRO four_digits_below_1e9(v) AS
  TRY_CAST(v::DOUBLE AS DECIMAL(18,4));

-- Likewise, below 1e14.
CREATE OR REPLACE MACRO four_digits_below_1e14(v) AS
  CASE WHEN v BETWEEN -1000000000::DECIMAL(10,0) AND 1000000000::DECIMAL(10,0)
    THEN four_digits_below_1e9(v) ELSE TRY_CAST(v AS DECIMAL(18,4)) END;

-- Likewise, of any; NULL where there is none.
CREATE OR REPLACE MACRO four_digits(v) AS
  CASE WHEN v BETWEEN -100000000000000::DECIMAL(15,0) AND 100000000000000::DECIMAL(15,0)
    THEN four_digits_below_1e14(v) END;

-- The number times 10 to the power of the scale, where it needs no more. The engine reads integers
-- a hundred times as fast as wide decimals.
CREATE OR REPLACE MACRO scaled(t, scale) AS
  CASE WHEN is_number(t) AND fits_scale(t, scale)
    THEN TRY_CAST(
      replace(t, '.', '') || repeat('0', scale - fraction_length(t)) AS HUGEINT) END;

-- The text of a number with more digits behind the point than four, or before it than fourteen, where
-- the decimal's text, without zeros at its end, would be the same.
CREATE OR REPLACE MACRO long_digits(t, scale) AS
  CASE WHEN fraction_length(t) <= scale
    AND regexp_full_match(t, '-?(0|[1-9]\d*)\.\d{4,}[1-9]|-?[1-9]\d{14,}(\.\d*[1-9])?') THEN t END;

-- 5 of 5.00.
CREATE OR REPLACE MACRO whole_number(t) AS
  CASE WHEN regexp_full_match(regexp_replace(t, '\.0*\s*$', ''), '\s*[-+]?\d+')
    THEN TRY_CAST(regexp_replace(t, '\.0*\s*$', '') AS BIGINT) END;

-- The engine rounds 1.5 and 15e-1 to 2, makes nothing of a dash and a blank, 1 of "1e ", and reads
-- 0b11 and 1_000, which are no integers here.
CREATE OR REPLACE MACRO checked_integer(t, v) AS
  CASE WHEN v::VARCHAR = t THEN v
    WHEN regexp_full_match(t, '\s*[-+]?\d+([eE]\+?\d+)?\s*') THEN v
    ELSE whole_number(t) END;

-- The engine makes infinity of 1e400, and -5 of +-5.
CREATE OR REPLACE MACRO checked_double(t, v) AS
  CASE WHEN (NOT isinf(v) OR contains(lower(t), 'inf')) AND NOT contains(t, '+-') THEN v END;

CREATE OR REPLACE MACRO read_uuid(t) AS
  coalesce(TRY_CAST(t AS UUID), TRY_CAST(trim(t) AS UUID));

-- A time as the engine writes it: seconds before a zone, a point before a fraction, no blank before
-- an offset.
CREATE OR REPLACE MACRO usual_time(t) AS
  regexp_replace(
    regexp_replace(
      regexp_replace(
        t,
        '(^|[ T])(\d{1,2}:\d{2})(?: *([-+]\d{2}(?::?\d{2})?|Z)| +([A-Za-z]{2}[\w/+-]*))\s*$',
        '\1\2:00 \3\4'),
      '(:\d{2}),(\d)',
      '\1.\2'),
    '(:\d+(?:\.\d+)?) +([-+]\d|Z)',
    '\1\2');

-- The engine's cast of v, which is t or its usual form, where t has no offset. It knows no names of
-- zones.
CREATE OR REPLACE MACRO local_timestamp(t, v) AS
  CASE WHEN NOT contains(t, '+') AND t NOT LIKE '%:%-%' THEN TRY_CAST(v AS TIMESTAMP) END;

-- One that the engine knows, behind a time and a blank. Of any other word there it lists the names
-- that are like it before it fails, half a millisecond a text.
CREATE OR REPLACE MACRO names_zone(t) AS
  regexp_matches(t, '(?i):\d+(\.\d*)? ([A-Z]+/[\w/+-]+|UTC[-+\d:]*|GMT([-+]?0)?)\s*$')
  OR contains(
    ' ACT AET AGT ART AST BET BST CAT CET CNT CST CST6CDT CTT CUBA EAT ECT EET EGYPT EIRE EST EST5EDT'
      || ' GB GB-EIRE GREENWICH HONGKONG HST ICELAND IET IRAN ISRAEL IST JAMAICA JAPAN JST KWAJALEIN'
      || ' LIBYA MET MIT MST MST7MDT NAVAJO NET NST NZ NZ-CHAT PLT PNT POLAND PORTUGAL PRC PRT PST'
      || ' PST8PDT ROC ROK SINGAPORE SST TURKEY UCT UNIVERSAL VST W-SU WET ZULU ',
    ' ' || upper(regexp_extract(t, ':\d+(?:\.\d*)? ([\w-]+)\s*$', 1)) || ' ');

-- TRY: near the end of time the cast fails in spite of TRY_CAST.
CREATE OR REPLACE MACRO as_timestamptz(t) AS
  TRY(TRY_CAST(t AS TIMESTAMP WITH TIME ZONE));

-- Of a text with an offset: without one, the engine gives it the zone of a row before.
CREATE OR REPLACE MACRO offset_timestamp(t) AS
  CASE WHEN NOT regexp_matches(t, ':\d+(\.\d*)? \S') THEN as_timestamptz(t) END;

-- Likewise, with the name of a zone behind a blank.
CREATE OR REPLACE MACRO named_timestamp(t) AS
  CASE WHEN regexp_matches(t, ':\d+(\.\d*)? \S')
    THEN CASE WHEN names_zone(t) THEN as_timestamptz(t) END END;

-- As AT TIME ZONE 'UTC', which looks up the zone for every value; NULL for infinity.
CREATE OR REPLACE MACRO in_utc(zoned) AS
  make_timestamp(epoch_us(zoned));

-- Likewise, the other way.
CREATE OR REPLACE MACRO of_utc(local) AS
  make_timestamptz(epoch_us(local));

-- Of a text that names a zone or has to be written as usual first.
CREATE OR REPLACE MACRO unusual_timestamp(t) AS
  list_transform([t], lambda u: coalesce(
    named_timestamp(u),
    list_transform([usual_time(u)], lambda usual: coalesce(
      of_utc(local_timestamp(u, usual)),
      offset_timestamp(usual),
      named_timestamp(usual)))[1]))[1];

-- The time in UTC where the text names a zone.
CREATE OR REPLACE MACRO read_timestamp(t) AS
  coalesce(
    local_timestamp(t, t),
    in_utc(offset_timestamp(t)),
    in_utc(unusual_timestamp(t)));

-- UTC where the text names no zone.
CREATE OR REPLACE MACRO read_timestamptz(t) AS
  coalesce(
    of_utc(local_timestamp(t, t)),
    offset_timestamp(t),
    unusual_timestamp(t));

CREATE OR REPLACE MACRO read_time(t) AS
  coalesce(TRY_CAST(t AS TIME), TRY_CAST(usual_time(t) AS TIME));

-- The engine leaves out what follows a time, so that 1:00:00 PM is one in the morning, and reads a
-- date as its midnight.
CREATE OR REPLACE MACRO checked_time(t, v) AS
  CASE WHEN v::VARCHAR = t OR regexp_full_match(
      t,
      '\s*(\d{4}-\d{1,2}-\d{1,2}[ T])?\d{1,2}:\d{1,2}(:\d{1,2}([.,]\d+)?)? *([-+]\d{2}(:?\d{2})?|Z|UTC|GMT|[A-Z]\w+/[\w/+-]+)?\s*')
    THEN v END;

-- What others call a date ends with 9999, and one beyond makes pandas refuse its whole column.
CREATE OR REPLACE MACRO is_usual_date(v) AS
  v BETWEEN '0001-01-01' AND '9999-12-31';

CREATE OR REPLACE MACRO is_usual_timestamp(v) AS
  v BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999';

-- Where the text is a date and no more, or a whole timestamp. The engine makes 1970 of words, the
-- year 26 of 26-01-02, and a date of 2026-01-02 with anything behind it.
CREATE OR REPLACE MACRO date_alone(t, v) AS
  CASE WHEN regexp_full_match(t, '\s*\d{4}[-/ \\]\d{1,2}[-/ \\]\d{1,2}(Z|[-+]\d{2}:?\d{2})?\s*')
      OR regexp_full_match(t, '\s*\d{4}.*:.*')
        AND list_transform([t], lambda u: read_timestamp(u) IS NOT NULL)[1]
    THEN v END;

CREATE OR REPLACE MACRO checked_date(t, v) AS
  CASE WHEN is_usual_date(v)
    THEN CASE WHEN v::VARCHAR = t THEN v ELSE date_alone(t, v) END END;

CREATE OR REPLACE MACRO says_year(t, v, year) AS
  v > '1000-01-01' AND (v NOT IN ('1970-01-01', '1900-01-01') OR regexp_matches(t, '\d'))
  OR regexp_matches(t, year);

CREATE OR REPLACE MACRO checked_timestamp(t, v) AS
  CASE WHEN is_usual_timestamp(v) THEN CASE WHEN says_year(t, v, '^\s*\d{4}') THEN v END END;

-- Of a value read by a format: by %d.%m.%Y the engine reads the year 26 of 02.01.26, and 1900 of words.
CREATE OR REPLACE MACRO formatted_date(t, v) AS
  CASE WHEN is_usual_date(v) THEN CASE WHEN says_year(t, v, '\d{4}') THEN v END END;

CREATE OR REPLACE MACRO formatted_timestamp(t, v) AS
  CASE WHEN is_usual_timestamp(v) THEN CASE WHEN says_year(t, v, '\d{4}') THEN v END END;
