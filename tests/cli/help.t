# Without a command: how to go on.
$ dtc
usage: dtc COMMAND [OPTION...] [ARGUMENT...]
`dtc help` lists the commands; `dtc init` writes a pipeline to start with
[2]

# Mistakes are answered with what was meant.
$ dtc lnt
dtc: error[DT017]: command line does not fit the command: there is no command `lnt`
  = help: did you mean `dtc lint`?
  = more: dtc explain DT017
[2]
$ dtc lint --formt json
dtc: error[DT017]: command line does not fit the command: `lint` has no option `--formt`
  = help: did you mean `--format`?
  = more: dtc explain DT017
[2]
$ dtc lint --format xml
dtc: error[DT017]: command line does not fit the command: `--format` takes one of human|json, not `xml`
  = more: dtc explain DT017
[2]
$ dtc lint --format
dtc: error[DT017]: command line does not fit the command: `--format` needs a value: human|json
  = more: dtc explain DT017
[2]
$ dtc lint --quiet=yes
dtc: error[DT017]: command line does not fit the command: `--quiet` takes no value
  = more: dtc explain DT017
[2]
$ dtc lint -x
dtc: error[DT017]: command line does not fit the command: `lint` has no option `-x`
  = more: dtc explain DT017
[2]
$ dtc help exitcodes
dtc: error[DT017]: command line does not fit the command: there is no command and no topic `exitcodes`
  = help: did you mean `dtc help exit-codes`?
  = more: dtc explain DT017
[2]
$ dtc help lint graph
dtc: error[DT017]: command line does not fit the command: `help` takes one command or topic
  = more: dtc explain DT017
[2]

# Commands of the design that are not built.
$ dtc drift
dtc: error[DT016]: not built yet: `dtc drift`
  = help: `dtc help` lists what is
  = more: dtc explain DT016
[2]
$ dtc ui --port 1
dtc: error[DT017]: command line does not fit the command: `ui` has no option `--port`
  = help: `dtc help ui` lists its options
  = more: dtc explain DT017
[2]
$ dtc help drift
usage: dtc drift [OPTION...]

what was changed on the target by others

This command is not built yet.

# Options come before, after and between; -- ends them.
$ dtc -C /nonexistent lint
dtc: error[DT010]: file does not exist: `/nonexistent`: No such file or directory
  = more: dtc explain DT010
[2]
$ dtc explain -- --format
dtc: error[DT024]: no pipeline found: no .dtl and no .sql file here
  = help: name a file or a folder, or start a pipeline with `dtc init`
  = more: dtc explain DT024
[2]
$ dtc help lint
usage: dtc lint [OPTION...] [PATH...]

read a pipeline, resolve its names and check it; needs no connection

      --format human|json     form of the findings; human is the default
      --fail-on error|warning|note|never
                              least severity that makes the exit code 1
  -h, --help                  show the help of the command
  -C, --directory DIR         work as if started in DIR
      --no-color              no colours, also on a terminal
  -q, --quiet                 no progress, notes or summary
      --timings               print what each phase took to stderr
      --env NAME              choose an environment of the pipeline
      --set NAME=VALUE...     give a parameter a value

stdout: the findings
exit codes: 0 and 2 as everywhere, 1: a finding at or above --fail-on (`dtc help exit-codes`)
$ dtc graph --help
usage: dtc graph [OPTION...] [PATH...]

draw who reads whom

      --format text|dot|mermaid|json
                              form of the drawing; text is the default
  -h, --help                  show the help of the command
  -C, --directory DIR         work as if started in DIR
      --no-color              no colours, also on a terminal
  -q, --quiet                 no progress, notes or summary
      --timings               print what each phase took to stderr
      --env NAME              choose an environment of the pipeline
      --set NAME=VALUE...     give a parameter a value

stdout: the drawing
exit codes: 0 and 2 as everywhere, 1: the pipeline has errors (`dtc help exit-codes`)
$ dtc help exit-codes
what the exit code says

  0    clean; done
  1    findings: errors in the pipeline, a failed expectation or test, a row that cannot be loaded
  2    usage, configuration, files, disk, limits, or an internal failure; nothing was done
  10   the target could not be opened: no connection, no database
  11   a statement failed
  12   partly applied, the journal says how far
  13   the saved plan is stale
  14   the database is locked by another process
  130  interrupted

`dtc plan --detailed-exitcode` ends with 0 for nothing to do, 1 for an error, 2 for changes.
`dtc lint` ends with 1 for a finding at or above --fail-on; by default warnings end with 0.
$ dtc --version | head -1
dtc 0.1.0

# Every command and every option of its help is in the manual page and in the completions.
$ dtc help --man >man; dtc help --completion bash >bash; dtc help --completion zsh >zsh; dtc help --completion fish >fish
$ dtc help | awk '/^  [a-z]+ / && !/^  (exit|language|project|targets|data|environment)/ { print $1 }' >commands; wc -l <commands | awk '{ print ($1 > 20) }'
1
$ for c in $(cat commands); do
>   grep -q "^.SS dtc $c " man && grep -q "^    $c) words=" bash && grep -q "^    $c)" zsh && grep -q " -a $c " fish || echo "missing $c"
>   dtc help $c | grep -oE '^ .*--[a-z-]+' | grep -oE -- '--[a-z-]+' | while read -r o; do
>     grep -q "^    $c) words=.*$o " bash || echo "bash: $c $o"
>     grep -q "seen_subcommand_from $c' -l ${o#--}\( \|\$\)" fish || echo "fish: $c $o"
>   done
> done
$ bash -n bash && . ./bash && complete -p dtc
complete -o filenames -F _dtc dtc
$ COMP_WORDS=(dtc li) COMP_CWORD=1; _dtc; echo "${COMPREPLY[@]}"
lint lineage
$ COMP_WORDS=(dtc lint --fo) COMP_CWORD=2; _dtc; echo "${COMPREPLY[@]}"
--format
$ COMP_WORDS=(dtc lint --format j) COMP_CWORD=3; _dtc; echo "${COMPREPLY[@]}"
json

# A reader that leaves is no news; a full disk is.
$ dtc help | head -1
dtc compiles pipelines of Snowflake dynamic tables.
$ dtc help >/dev/full
dtc: error[DT014]: file could not be written: `standard output`: No space left on device
  = more: dtc explain DT014
[2]
