module io.github.polverdict/scenarios/oracle/asked

go 1.24
