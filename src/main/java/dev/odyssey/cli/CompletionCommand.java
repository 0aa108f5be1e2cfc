package dev.odyssey.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete this program's commands and options. */
@Command(
    name = "completion",
    description = "Prints a script that makes bash or zsh complete commands and options.",
    footer = {
      "",
      "For this shell:",
      "  source <(bin/odyssey completion bash)",
      "For good:",
      "  d=~/.local/share/bash-completion/completions; mkdir -p $d",
      "  bin/odyssey completion bash > $d/odyssey",
      "In ~/.zshrc:",
      "  autoload -U compinit && compinit",
      "  source <(bin/odyssey completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells; zsh takes bash's script by its bashcompinit, which the script loads itself. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  @SuppressWarnings("UnusedVariable") // one script is for both
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine root = new CommandLine(spec.root().userObject());
    spec.commandLine().getOut().println(AutoComplete.bash("odyssey", root));
    return 0;
  }
}
