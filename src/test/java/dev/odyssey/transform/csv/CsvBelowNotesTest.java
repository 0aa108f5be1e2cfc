package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a few rows among more notes, as banks and brokers export them. */
class CsvBelowNotesTest {
  @TempDir Path directory;

  private TransformResult run(String file) {
    return Job.in(directory).file(file).run();
  }

  /** Each row ends with one more empty field than the names, as mBank writes them. */
  @Test
  void readsRowsUnderAHeaderWithAFieldTooFewBelowMoreNotes() {
    TransformResult result =
        run(
            """
            mBank S.A.;
            Skrytka Pocztowa 2108;
            #Klient;
            JAN KOWALSKI;

            #Waluta;#In;#Out;
            PLN;5 000,00;-1 234,56

            #Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;
            2024-01-31;"Shop 1; Warszawa";"eKonto 1234";"Food";-12,49 PLN;;
            2024-01-28;"Firma";"eKonto 1234";"Wage";5 000,00 PLN;;
            """);

    assertThat(Job.rows(result, "\"#Data operacji\", \"#Opis operacji\", \"#Kwota\""))
        .containsExactly("2024-01-31|Shop 1; Warszawa|-12,49 PLN", "2024-01-28|Firma|5 000,00 PLN");
    assertThat(result.rejected()).isZero();
  }

  /** As the State Bank of India writes them. */
  @Test
  void wordsWithAColonInAFieldOfItsOwnAreNoTable() {
    TransformResult result =
        run(
            """
            Name\t:\tMr. Sharma
            Address\t:\tFlat 12,
            Date\t:\t12 Feb 2024
            Branch\t:\tAndheri
            Start Date\t:\t1 Jan 2024

            Txn Date\tValue Date\tText\tRef\tDebit\tCredit\tBalance
            2 Jan 2024\t2 Jan 2024\tNEFT\tA 1\t \t500.00\t623.67
            5 Jan 2024\t5 Jan 2024\tUPI\tA 2\t450.00\t \t618.67
            """);

    assertThat(Job.rows(result, "\"Txn Date\", Ref, Balance"))
        .containsExactly("2 Jan 2024|A 1|623.67", "5 Jan 2024|A 2|618.67");
  }

  /**
   * As PKO exports them: the texts of a transfer take up to six columns, of which one has a name.
   */
  @Test
  void aHeaderOfNamesForItsFirstColumnsAloneIsNoTitle() {
    TransformResult result =
        run(
            """
            "Data","Waluta","Typ","Kwota","Opis","",""
            "2024-02-12","PLN","Karta","-45.30","Shop","Adres: 1","2024-02-10",""
            "2024-02-09","PLN","Przelew","+300.00","Firma","","",""
            """);

    assertThat(Job.rows(result, "\"Data\", Kwota, Opis, column6, column7"))
        .containsExactly(
            "2024-02-12|-45.30|Shop|Adres: 1|2024-02-10", "2024-02-09|+300.00|Firma||");
  }

  /** As Fidelity writes the positions of an account. */
  @Test
  void rowsWithAFieldMoreThanTheNamesStandAboveMoreNotes() {
    TransformResult result =
        run(
            """

            Account,Symbol,Quantity,Last Price,Type
            Z1,SPAXX,,$1.00,Cash,
            Z1,FXAIX,120.345,$174.01,Cash,

            "The data is provided to you solely for your use."

            "Brokerage services are provided by us."

            "Date downloaded 02/12/2024 3:15 PM ET"
            """);

    assertThat(Job.rows(result, "Account, Symbol, Quantity, Type"))
        .containsExactly("Z1|SPAXX|~|Cash", "Z1|FXAIX|120.345|Cash");
    assertThat(result.rejected()).isEqualTo(3);
  }

  /** As Tecan's readers write a plate. */
  @Test
  void theCornerOfCountedColumnsMayBeOfSigns() {
    TransformResult result = run("<>,1,2,3\nA,0.04,0.05,0.06\nB,0.07,0.08,0.09\n");

    assertThat(Job.rows(result, "\"<>\", \"1\", \"3\""))
        .containsExactly("A|0.04|0.06", "B|0.07|0.09");
  }

  /** As Germany's weather service fills up its columns. */
  @Test
  void namesNeedNoPaddingWhereTheValuesHaveIt() {
    TransformResult result =
        run(
            "ID;DAY;QN_3;  FX;eor\n  44;20240101;   10;  14.5;eor\n  44;20240102;    3;   7.9;eor\n");

    assertThat(Job.rows(result, "ID, DAY, QN_3, FX"))
        .containsExactly("44|20240101|10|14.5", "44|20240102|3|7.9");
  }
}
