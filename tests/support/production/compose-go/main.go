// Prints docker-compose.yml as compose itself resolves it: merged, filled in, checked, with every profile.
package main

import (
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/cli"
)

func main() {
	if err := resolve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func resolve(file string) error {
	// Nothing of this machine's environment: only what the file says by itself.
	options, err := cli.NewProjectOptions([]string{file}, cli.WithName("zhuanban"), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return err
	}
	project, err := cli.ProjectFromOptions(options)
	if err != nil {
		return err
	}
	text, err := project.MarshalJSON()
	if err != nil {
		return err
	}
	fmt.Println(string(text))
	return nil
}
